// Starts the clients of the configured hostnames, behind resolvers that ask the local name server.
import type { LocalClock } from '#local/clock/local-clock.ts'
import { RESOLVER_MIX } from '#local/load/load-spec.ts'
import { type Load, startLoad } from '#local/load/start-load.ts'
import type { Configuration } from '#model/configuration.ts'
import type { AddressBook } from './address-book.ts'

/** Enough that the draws of single resolvers make less than two points of noise in a share. */
const RESOLVERS = 1000
/** About what large networks see of IPv6 where a name has it. */
const IPV6_SHARE = 0.3
const SEED = 7

export function startClients({ providers, hostnames }: Configuration, book: AddressBook, dnsPort: number, clock: LocalClock): Load {
  const hasIpv6 = providers.some(({ endpoints }) => endpoints.some(({ address }) => 'ipv6' in address && Boolean(address.ipv6)))
  const spec = {
    hostnames: hostnames.map(({ hostname }) => hostname),
    dnsPort,
    resolvers: RESOLVERS,
    ipv6Share: hasIpv6 ? IPV6_SHARE : 0,
    mix: RESOLVER_MIX,
    destinations: book.entries,
    seed: SEED,
  }
  return startLoad(spec, clock)
}
