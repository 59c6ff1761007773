// What a simulated cloud is made of, what can be done to it, and what it tells: the messages between its thread and the rest.

/** One version of a service, at an endpoint of its own; it shares the tasks of the cloud with everything else there. */
export type ServedVersion = { readonly service: string; readonly version: string }

/** Some requests, and only they, take this much longer. */
export type SlowTail = { readonly share: number; readonly seconds: number }

/** How a version differs from its cloud: the part of its requests that fail, how many times as long they take, and whether it is gone. */
export type VersionBehaviour = {
  readonly failing: number
  readonly slower: number
  readonly slowTail: SlowTail
  readonly isStopped: boolean
}

export function versionKey({ service, version }: ServedVersion): string {
  return `${service} ${version}`
}

export type CloudSpec = {
  readonly provider: string
  readonly tasks: number
  /** Requests/s of the clock one task serves when it is well. */
  readonly ratingPerTask: number
  /** Time a request takes when nothing else is served, in seconds of the clock. */
  readonly baseLatencySeconds: number
  readonly healthCheckPath: string
  /** One simulated request stands for this many; the published counts are multiplied by it. */
  readonly requestsPerRequest: number
  /** Seed of the latency's jitter. */
  readonly seed: number
  /** Versions with an endpoint of their own. @default none */
  readonly versions?: readonly ServedVersion[] | undefined
}

/** How tasks behave after a start: from `fromFraction` of their rating to all of it within `seconds`. */
export type WarmUp = { readonly fromFraction: number; readonly seconds: number }

export type CloudCommand =
  /** Serves only this fraction of what it could; its health check stays green and its tasks count as ready. */
  | { readonly kind: 'brownOut'; readonly to: number }
  /** Answers 503 to everything, the health check too; tasks count as ready and metrics go on. */
  | { readonly kind: 'fail' }
  /** Refuses connections: the whole cloud is gone, its agent with it. */
  | { readonly kind: 'stop' }
  /** Ends any of the above; after a stop the tasks start anew, cold if `warmUp` says so. */
  | { readonly kind: 'recover'; readonly warmUp?: WarmUp | undefined }
  /** Another number of ready tasks. */
  | { readonly kind: 'scale'; readonly tasks: number }
  /** What is not named stays as it was. */
  | { readonly kind: 'version'; readonly of: ServedVersion; readonly behaviour: Partial<VersionBehaviour> }

export type CloudMode = 'running' | 'browned-out' | 'failing' | 'stopped'

/** What happened in one minute of the clock. */
export type MinuteCounts = {
  readonly requests: number
  readonly failures: number
  readonly latencyP99Seconds: number
  /** Busy part of what the tasks can really do, 0–1. */
  readonly utilisation: number
  /** Ready tasks × rating: what the cloud believes it can serve. */
  readonly reportedCapacity: number
  /** Of each version that runs, with zeros where it has no traffic; one that is gone is not there. */
  readonly versions: readonly VersionMinute[]
}

export type VersionMinute = ServedVersion & {
  readonly requests: number
  readonly failures: number
  readonly failingClients: number
  readonly latencies: Latencies
}

/** How many requests took how long, rounded up to the bounds of latencies; both lists have the same length. */
export type Latencies = { readonly seconds: readonly number[]; readonly counts: readonly number[] }

export type CloudState = {
  readonly mode: CloudMode
  readonly readyTasks: number
  readonly reportedCapacity: number
  /** What it really can serve now, requests/s of the clock. Nobody but the page and the scenarios sees this. */
  readonly effectiveCapacity: number
  readonly requests: number
  readonly failures: number
}

export type CloudQuestion =
  | { readonly kind: 'state' }
  | { readonly kind: 'minute'; readonly minute: number }
  | { readonly kind: 'command'; readonly command: CloudCommand }
export type ToCloud = { readonly id: number; readonly question: CloudQuestion }
export type FromCloud =
  /** `versionPorts` by `versionKey`. */
  | { readonly kind: 'listening'; readonly port: number; readonly versionPorts: Readonly<Record<string, number>> }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: CloudState | MinuteCounts | undefined }
