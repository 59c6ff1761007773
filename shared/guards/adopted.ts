// What is remembered of a tick: a change that every hostname of a set was refused did not happen.
import type { Decided, Memory } from '#decision/decide-sets.ts'
import type { Configuration } from '#model/configuration.ts'
import { providerSets } from '#model/provider-set.ts'
import type { Guarded } from './index.ts'

/** The memory of `decided`, but the shares of a wholly refused set go on standing as they did `before`. */
export function adopted(
  before: Memory,
  decided: Decided,
  plans: readonly Guarded[],
  { hostnames }: Pick<Configuration, 'hostnames'>,
): Memory {
  const sets = { ...decided.memory.sets }
  for (const set of providerSets(hostnames)) {
    const own = plans.filter(({ plan }) => set.hostnames.some(({ hostname }) => hostname === plan.hostname))
    const isChange = decided.decisions.some((decision) => decision.set === set.id && decision.isChange)
    if (isChange && own.length > 0 && own.every(({ kind }) => kind === 'refused')) sets[set.id] = before.sets[set.id]
  }
  return { ...decided.memory, sets }
}
