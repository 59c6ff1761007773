// Weight 0 is a decision, never an accident: only a provider or a version whose decided share is 0 gets it, and that one gets nothing else.
//
// Route 53 serves weight 0 as the last resort, when every record with weight is unhealthy (Developer Guide, "Weighted routing"). That is
// right for a drained provider. One that its own red check withholds keeps a small weight instead, so that a trickle returns with it.
import { providerOf, versionOf } from '#model/record-identity.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const zeroMeans: Guard = {
  name: 'zero-means',
  binds: 'everything',
  check: (plan, { hostname }) => {
    if (plan.cause === 'rollback') return pass
    for (const record of plan.wanted) {
      const provider = providerOf(hostname.hostname, record)
      const version = versionOf(hostname.hostname, record)
      const isZeroVersion = version !== undefined && plan.evidence.zeroVersions?.includes(version) === true
      const isDecidedZero = isZeroVersion || plan.evidence.zero.some((name) => name === provider)
      if ((record.weight === 0) === isDecidedZero) continue
      const who = isZeroVersion ? version : provider
      const decided = isDecidedZero ? `${who} was decided to get nothing` : `${who} was not decided to get nothing`
      return refuse('zero', `${record.setIdentifier} ${record.type}: weight ${record.weight}, but ${decided}`)
    }
    return pass
  },
}
