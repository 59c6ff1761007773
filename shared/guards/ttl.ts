// One TTL per set, inside the bounds of the policy; alias members have none.
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const ttl: Guard = {
  name: 'ttl',
  binds: 'everything',
  check: (plan, { policy }) => {
    const ttls = [...new Set(plan.wanted.flatMap(({ target }) => (target.kind === 'values' ? [target.ttlSeconds] : [])))]
    if (ttls.length > 1) return refuse('mixed-ttl', `${plan.hostname}: TTLs ${ttls.join(' and ')} in one set, one is allowed`)
    const [ttlSeconds] = ttls
    if (ttlSeconds === undefined || (ttlSeconds >= policy.minTtlSeconds && ttlSeconds <= policy.maxTtlSeconds)) return pass
    return refuse('ttl-bounds', `${plan.hostname}: TTL ${ttlSeconds}, allowed are ${policy.minTtlSeconds}–${policy.maxTtlSeconds} s`)
  },
}
