// The resolvers clients sit behind: each keeps an answer for its TTL, or for longer when it is one of those that do.
import type { LoadSpec, ResolverKind } from './load-spec.ts'

export type DnsAnswer = { readonly values: readonly string[]; readonly ttlSeconds: number }
/** Settles with no values when the name has none; rejects when nobody answered. */
export type AskDns = (name: string, type: 'A' | 'AAAA') => Promise<DnsAnswer>

export interface ResolverPool {
  /** A resolver at random. */
  draw(): number
  /** The address a client of the resolver connects to; undefined when there is none. At once when it is cached. */
  resolve(hostname: string, nowSeconds: number, resolver: number): string | undefined | Promise<string | undefined>
  readonly queries: () => number
}

type Cached = { readonly address: string | undefined; readonly until: number }
type Resolver = {
  readonly type: 'A' | 'AAAA'
  readonly keepsAtLeastSeconds: number
  readonly cache: Map<string, Cached>
  readonly asking: Map<string, Promise<string | undefined>>
}

/** A negative answer, or none, is kept this long, so that a name without records is not asked for at every request. */
const NEGATIVE_SECONDS = 5

export function createResolverPool(
  spec: Pick<LoadSpec, 'resolvers' | 'ipv6Share' | 'mix'>,
  ask: AskDns,
  random: () => number,
): ResolverPool {
  const resolvers: readonly Resolver[] = Array.from({ length: spec.resolvers }, () => ({
    type: random() < spec.ipv6Share ? 'AAAA' : 'A',
    keepsAtLeastSeconds: drawKind(spec.mix, random()).keepsAtLeastSeconds,
    cache: new Map(),
    asking: new Map(),
  }))
  let queries = 0

  async function refresh(resolver: Resolver, hostname: string, now: number): Promise<string | undefined> {
    queries += 1
    const stale = resolver.cache.get(hostname)
    try {
      const { values, ttlSeconds } = await ask(hostname, resolver.type)
      const address = values[Math.floor(random() * values.length)]
      const kept = address === undefined ? NEGATIVE_SECONDS : Math.max(ttlSeconds, resolver.keepsAtLeastSeconds)
      resolver.cache.set(hostname, { address, until: now + kept })
      return address
    } catch {
      // Nobody answered: a resolver serves what it has for a while longer (RFC 8767).
      resolver.cache.set(hostname, { address: stale?.address, until: now + NEGATIVE_SECONDS })
      return stale?.address
    } finally {
      resolver.asking.delete(hostname)
    }
  }

  return {
    queries: () => queries,
    draw: () => Math.floor(random() * resolvers.length),
    resolve(hostname, now, index) {
      const resolver = resolvers[index]
      if (resolver === undefined) return undefined
      const cached = resolver.cache.get(hostname)
      if (cached !== undefined && now < cached.until) return cached.address
      const underWay = resolver.asking.get(hostname)
      if (underWay !== undefined) return underWay
      const asked = refresh(resolver, hostname, now)
      resolver.asking.set(hostname, asked)
      return asked
    },
  }
}

function drawKind(mix: readonly ResolverKind[], point: number): ResolverKind {
  let left = point
  for (const kind of mix) {
    left -= kind.share
    if (left < 0) return kind
  }
  return mix.at(-1) ?? { share: 1, keepsAtLeastSeconds: 0 }
}
