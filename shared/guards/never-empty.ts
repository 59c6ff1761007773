// After every write somebody who may serve has weight: at least one provider, and two where two may serve. Where nobody may, somebody has.
import type { WeightedRecord } from '#model/record.ts'
import { providerOf } from '#model/record-identity.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const neverEmpty: Guard = {
  name: 'never-empty',
  binds: 'everything',
  check: (plan, { hostname }) => {
    const candidates = hostname.providers.filter(({ provider }) => plan.evidence.mayServe.includes(provider))
    // A lower tier (maxShare 0) counts where it has weight, and is not asked for where the upper one does.
    const upper = candidates.filter(({ maxShare }) => maxShare > 0)
    // A person may put everything on one provider; automation leaves two where two may serve.
    // A repair restores what he held, under his generation.
    const isByPerson = plan.cause === 'override' || plan.cause === 'rollback' || plan.decided?.generation !== undefined
    const needed = isByPerson ? 1 : Math.max(1, Math.min(2, upper.length))
    for (const [type, records] of Map.groupBy(plan.wanted, (record) => record.type)) {
      // Everybody is down or drained: the shares hold, and what a hand changed is put back.
      if (candidates.length === 0) {
        if (records.some(({ weight }) => weight > 0)) continue
        return refuse('empty', `${hostname.hostname} ${type}: every record would have weight 0, which Route 53 takes for equal shares`)
      }
      const serving = candidates.filter(({ provider }) => weightOf(records, hostname.hostname, provider) > 0)
      if (serving.length < needed) {
        return refuse(
          'empty',
          `${hostname.hostname} ${type}: ${serving.length} of ${candidates.length} providers that may serve would have weight, at least ${needed} must`,
        )
      }
    }
    return plan.wanted.length > 0 ? pass : refuse('empty', `${hostname.hostname}: the plan leaves no record at all`)
  },
}

function weightOf(records: readonly WeightedRecord[], hostname: string, provider: string): number {
  return records.reduce((sum, record) => (providerOf(hostname, record) === provider ? sum + record.weight : sum), 0)
}
