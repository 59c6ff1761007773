// What the file says → the configuration, with every default filled in. Runs after the checks: the file is known to be sound.
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { type Address, type Endpoint, MeasuredSignal, type Provider } from '#model/provider.ts'
import { Strategy } from '#model/strategy.ts'
import { canonicalAddress } from './canonical-address.ts'
import { defaultSignal } from './default-signals.ts'
import type { EndpointInFile, HostnameInFile, ProviderInFile, SluiceFile } from './sluice-file.ts'
import { zoneOf } from './zone-of.ts'

/** Providers and hostnames in alphabetical order, so that the order in the file changes nothing. */
export function resolve(file: SluiceFile): Configuration {
  return {
    stage: file.stage,
    homeRegion: file.homeRegion,
    ...(file.alarmTopicArn === undefined ? {} : { alarmTopicArn: file.alarmTopicArn }),
    policy: file.policy,
    providers: sorted(file.providers).map(([name, provider]) => resolveProvider(file, name, provider)),
    hostnames: sorted(file.hostnames).map(([hostname, settings]) => resolveHostname(file, hostname, settings ?? {})),
  }
}

function resolveProvider(file: SluiceFile, name: string, provider: ProviderInFile): Provider {
  const signals = MeasuredSignal.options.map((signal) => {
    const configured = provider.signals[signal]
    return [signal, configured === undefined ? defaultSignal(signal, file.stage, name, file.homeRegion) : configured] as const
  })
  return {
    name,
    rating: provider.rating,
    endpoints: provider.endpoints.map(resolveEndpoint),
    healthCheck: provider.healthCheck,
    signals: Object.fromEntries(signals) as Provider['signals'],
  }
}

function resolveEndpoint({ name, ipv4, ipv6, cname, alias, service, version }: EndpointInFile): Endpoint {
  return { name, address: address(), ...(service === undefined || version === undefined ? {} : { of: { service, version } }) }

  function address(): Address {
    if (cname !== undefined) return { cname }
    if (alias !== undefined) {
      const { dualStack, ...target } = alias
      return dualStack ? { alias: target, ipv6: true } : { alias: target }
    }
    if (ipv4 !== undefined) return ipv6 === undefined ? { ipv4 } : { ipv4, ipv6: canonicalAddress(ipv6) }
    if (ipv6 !== undefined) return { ipv6: canonicalAddress(ipv6) }
    throw new TypeError(`endpoint ${name} has no address: the checks let it pass`)
  }
}

function resolveHostname(file: SluiceFile, hostname: string, settings: HostnameInFile): HostnamePolicy {
  const zone = zoneOf(hostname, Object.keys(file.zones))
  const zoneId = zone === undefined ? undefined : file.zones[zone]
  if (zoneId === undefined) throw new TypeError(`${hostname} has no zone: the checks let it pass`)
  const service = Object.entries(file.services).find(([, candidate]) => candidate.hostname === hostname)
  const bounds = settings.providers ?? Object.fromEntries(Object.keys(file.providers).map((name) => [name, null]))
  return {
    hostname,
    zoneId,
    mode: settings.mode ?? file.policy.mode,
    ttlSeconds: settings.ttlSeconds ?? file.policy.ttlSeconds,
    providers: sorted(bounds).map(([provider, shares]) => ({
      provider,
      minShare: shares?.minShare ?? 0,
      maxShare: shares?.maxShare ?? 1,
      ...(shares?.entersBy === undefined ? {} : { entersBy: shares.entersBy }),
    })),
    ...(service === undefined ? {} : { service: { name: service[0], stable: service[1].stable } }),
    ...(service === undefined && settings.strategy === undefined ? {} : { strategy: strategyOf(file, settings.strategy) }),
  }
}

/** The name that needs no entry under strategies. */
const STANDARD = 'standard'

function strategyOf({ strategies }: SluiceFile, name = STANDARD): Strategy {
  const strategy = strategies[name] ?? (name === STANDARD ? Strategy.parse({}) : undefined)
  if (strategy === undefined) throw new TypeError(`there is no strategy ${name}: the checks let it pass`)
  return strategy
}

function sorted<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
