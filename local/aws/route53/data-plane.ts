// What Route 53's name servers and health checkers know: the side of the service that answers, apart from the API that changes it.

/** One record set as the name servers serve it. Names are lower case, without the trailing dot; a wildcard's first label is `*`. */
export type AnswerableRecordSet = {
  readonly zoneId: string
  readonly name: string
  /** A, AAAA, CNAME, TXT, NS, SOA, … */
  readonly type: string
  /** Absent for aliases: they are answered with the TTL of what they point to. */
  readonly ttlSeconds?: number | undefined
  /** As the API keeps them: TXT values with their quotes. Empty for aliases. */
  readonly values: readonly string[]
  readonly alias?: { readonly dnsName: string; readonly hostedZoneId: string; readonly evaluateTargetHealth: boolean } | undefined
  readonly setIdentifier?: string | undefined
  /** 0–255; absent for simple records. */
  readonly weight?: number | undefined
  readonly healthCheckId?: string | undefined
}

/** What a checker needs to know of a health check. */
export type ProbeTarget = {
  readonly id: string
  /** HTTP, HTTPS, HTTP_STR_MATCH, HTTPS_STR_MATCH, TCP; calculated and alarm-based checks are not probed. */
  readonly type: string
  readonly ipAddress?: string | undefined
  readonly port?: number | undefined
  readonly resourcePath?: string | undefined
  readonly fullyQualifiedDomainName?: string | undefined
  readonly searchString?: string | undefined
  readonly requestIntervalSeconds: number
  readonly failureThreshold: number
  readonly isInverted: boolean
  readonly isDisabled: boolean
}

/** The verdict of the checkers on one endpoint, already with threshold and the 18 % rule applied. */
export type ProbeReport = {
  /** Share of the checkers that consider the endpoint healthy, 0–1. */
  readonly fractionHealthy: number
  readonly isHealthy: boolean
}

export interface Route53DataPlane {
  /** What the name servers know now: only changes that are INSYNC. All types when `type` is left out. */
  recordSets(name: string, type?: string): readonly AnswerableRecordSet[]
  zones(): readonly { readonly id: string; readonly name: string }[]
  healthChecks(): readonly ProbeTarget[]
  /** Route 53's verdict: inversion and disabling applied; a check that does not exist (any more) counts as healthy. */
  isHealthy(healthCheckId: string): boolean
  /** Called by the probers. Feeds HealthCheckStatus and HealthCheckPercentageHealthy of AWS/Route53 once a minute. */
  reportProbe(healthCheckId: string, report: ProbeReport): void
}
