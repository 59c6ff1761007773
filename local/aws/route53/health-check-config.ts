// Reads and checks the configuration of a health check, and fills in the documented defaults.
// Source: API reference, HealthCheckConfig and CreateHealthCheck.
import { ServiceFault } from '../wire/service-fault.ts'

export const PROBED_TYPES = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'] as const

/** Names as on the wire; lists as arrays. */
export type HealthCheckConfig = {
  readonly Type: (typeof PROBED_TYPES)[number]
  readonly IPAddress?: string | undefined
  readonly Port?: number | undefined
  readonly ResourcePath?: string | undefined
  readonly FullyQualifiedDomainName?: string | undefined
  readonly SearchString?: string | undefined
  readonly RequestInterval: number
  readonly FailureThreshold: number
  readonly MeasureLatency: boolean
  readonly Inverted: boolean
  readonly Disabled: boolean
  readonly EnableSNI: boolean
  readonly Regions?: readonly string[] | undefined
}

type Element = Readonly<Record<string, unknown>>

export function readHealthCheckConfig(raw: Element): HealthCheckConfig {
  const type = String(raw.Type) as HealthCheckConfig['Type']
  if (!PROBED_TYPES.includes(type)) {
    const other = ['CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL'].includes(type)
    if (other) throw new ServiceFault('NotImplemented', `The in-process Route 53 has no health checks of type ${type}`, 501)
    throw invalid(`Type: one of ${PROBED_TYPES.join(', ')}, seen '${raw.Type}'`)
  }
  const isHttp = type !== 'TCP'
  const config: HealthCheckConfig = {
    Type: type,
    IPAddress: text(raw.IPAddress),
    Port: number(raw.Port, 'Port', 1, 65535) ?? (type.startsWith('HTTPS') ? 443 : isHttp ? 80 : undefined),
    ResourcePath: text(raw.ResourcePath),
    FullyQualifiedDomainName: text(raw.FullyQualifiedDomainName),
    SearchString: text(raw.SearchString),
    RequestInterval: number(raw.RequestInterval, 'RequestInterval', 10, 30) ?? 30,
    FailureThreshold: number(raw.FailureThreshold, 'FailureThreshold', 1, 10) ?? 3,
    MeasureLatency: raw.MeasureLatency === 'true',
    Inverted: raw.Inverted === 'true',
    Disabled: raw.Disabled === 'true',
    EnableSNI: raw.EnableSNI === undefined ? type.startsWith('HTTPS') : raw.EnableSNI === 'true',
    Regions: (raw.Regions as { Region?: string[] } | undefined)?.Region,
  }
  checkConfig(config)
  return config
}

function checkConfig(config: HealthCheckConfig): void {
  // Checks run every 10 or every 30 s, and nothing else (developer guide, "Values that you specify when you create or update health checks").
  if (![10, 30].includes(config.RequestInterval)) throw invalid(`RequestInterval: 10 or 30 seconds, seen ${config.RequestInterval}`)
  if (config.IPAddress === undefined && config.FullyQualifiedDomainName === undefined) {
    throw invalid('Either IPAddress or FullyQualifiedDomainName must be specified')
  }
  if (config.Port === undefined) throw invalid('Port: required when Type is TCP')
  if (config.Type === 'TCP' && config.ResourcePath !== undefined) throw invalid('ResourcePath: not allowed when Type is TCP')
  const wantsSearch = config.Type.endsWith('_STR_MATCH')
  if (wantsSearch !== (config.SearchString !== undefined)) {
    throw invalid(`SearchString: ${wantsSearch ? 'required' : 'not allowed'} when Type is ${config.Type}`)
  }
  if ((config.ResourcePath?.length ?? 0) > 255) throw invalid('ResourcePath: at most 255 characters')
  // "Route 53 can't check the health of endpoints for which the IP address is in local, private, non-routable, or multicast ranges." The ranges kept
  // for documentation belong to them too, but stand for the clouds of the local system, so they are let through.
  if (
    config.IPAddress !== undefined &&
    /^(0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|22[4-9]\.|23\d\.|::1$|f[cd]|fe[89ab]|ff)/i.test(config.IPAddress)
  ) {
    throw invalid(`IPAddress: a public address, seen ${config.IPAddress}; health checkers cannot reach private or local ones`)
  }
}

/** What UpdateHealthCheck may change; Type, RequestInterval and MeasureLatency are fixed at creation. */
const CHANGEABLE = [
  'IPAddress',
  'Port',
  'ResourcePath',
  'FullyQualifiedDomainName',
  'SearchString',
  'FailureThreshold',
  'Inverted',
  'Disabled',
  'EnableSNI',
  'Regions',
]

export function updatedConfig(current: HealthCheckConfig, request: Element): HealthCheckConfig {
  const asRaw = (config: HealthCheckConfig): Element => {
    const { Regions, ...rest } = config
    const strings = Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
    return { ...Object.fromEntries(strings), ...(Regions === undefined ? {} : { Regions: { Region: Regions } }) }
  }
  const reset = ((request.ResetElements as { ResettableElementName?: string[] } | undefined)?.ResettableElementName ?? []) as string[]
  const kept = Object.entries(asRaw(current)).filter(([key]) => !reset.includes(key))
  return readHealthCheckConfig({
    ...Object.fromEntries(kept),
    ...Object.fromEntries(Object.entries(request).filter(([key]) => CHANGEABLE.includes(key))),
  })
}

function text(raw: unknown): string | undefined {
  return raw === undefined || raw === '' ? undefined : String(raw)
}

function number(raw: unknown, field: string, minimum: number, maximum: number): number | undefined {
  if (raw === undefined) return undefined
  const value = Number(raw)
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw invalid(`${field}: a whole number from ${minimum} to ${maximum}, seen '${raw}'`)
  return value
}

function invalid(message: string): ServiceFault {
  return new ServiceFault('InvalidInput', message)
}
