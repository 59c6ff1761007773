// Invariant 14. One TTL per set, inside the bounds of the policy.
import type { Rule } from './rule.ts'

export const ttl: Rule = {
  name: 'ttl',
  written: ({ swap, after }, { model, configuration }) => {
    const own = after.members.filter(({ type, setIdentifier }) => !model.membersTouched.has(`${swap.hostname} ${type} ${setIdentifier}`))
    const ttls = [...new Set(own.flatMap(({ target }) => (target.kind === 'values' ? [target.ttlSeconds] : [])))]
    if (ttls.length > 1) return `${swap.hostname}: TTLs ${ttls.join(' and ')} stand in one set`
    const { minTtlSeconds, maxTtlSeconds } = configuration.policy.guards
    const wrong = ttls.find((seconds) => seconds < minTtlSeconds || seconds > maxTtlSeconds)
    return wrong === undefined ? undefined : `${swap.hostname}: a TTL of ${wrong} was left, allowed are ${minTtlSeconds}–${maxTtlSeconds}`
  },
}
