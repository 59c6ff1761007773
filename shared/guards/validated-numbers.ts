// Weights are whole numbers 0–255 and one name has one set of shares; anything else aborts the hostname and never becomes 0.
import { MAX_WEIGHT } from '#model/record.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const validatedNumbers: Guard = {
  name: 'validated-numbers',
  binds: 'everything',
  check: (plan) => {
    for (const record of plan.wanted) {
      const { weight, type, setIdentifier, target } = record
      if (!Number.isInteger(weight) || weight < 0 || weight > MAX_WEIGHT) {
        return refuse('weight', `${setIdentifier} ${type}: weight ${weight}, allowed are whole numbers 0–${MAX_WEIGHT}`)
      }
      if (target.kind === 'values' && !Number.isInteger(target.ttlSeconds)) {
        return refuse('ttl', `${setIdentifier} ${type}: TTL ${target.ttlSeconds}, allowed are whole seconds`)
      }
    }
    const { generation, sequence } = plan.fence
    if (!Number.isSafeInteger(generation) || !Number.isSafeInteger(sequence)) {
      return refuse('fence', `${plan.hostname}: fence ${generation}/${sequence}, allowed are whole numbers`)
    }
    return pass
  },
}
