// Weight 0 is a decision, never an accident: only a provider whose decided share is 0 gets it, and that one gets nothing else.
//
// Route 53 serves weight 0 as the last resort, when every record with weight is unhealthy (Developer Guide, "Weighted routing"). That is
// right for a drained provider. One that its own red check withholds keeps a small weight instead, so that a trickle returns with it.
import { providerOf } from '#model/record-identity.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const zeroMeans: Guard = {
  name: 'zero-means',
  binds: 'everything',
  check: (plan, { hostname }) => {
    if (plan.cause === 'rollback') return pass
    for (const record of plan.wanted) {
      const provider = providerOf(hostname.hostname, record)
      const isDecidedZero = plan.evidence.zero.some((name) => name === provider)
      if ((record.weight === 0) === isDecidedZero) continue
      const decided = isDecidedZero ? `${provider} was decided to get nothing` : `${provider} was not decided to get nothing`
      return refuse('zero', `${record.setIdentifier} ${record.type}: weight ${record.weight}, but ${decided}`)
    }
    return pass
  },
}
