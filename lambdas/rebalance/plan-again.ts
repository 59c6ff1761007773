// Plans again, once, where somebody else had written: with the same decision, unless a newer one stands.
import type { Guarded } from '#guards/index.ts'
import { inForce } from '#model/override.ts'
import { providerSetId } from '#model/provider-set.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import { planAndGuard, type Situation, type Thought } from '#pipeline.ts'
import type { RebalancePorts } from './ports.ts'
import { recall } from './remember.ts'

/** What a run has thought, and about what. `situation.records` already holds what the conflicts showed. */
export type Considered = { readonly situation: Omit<Situation, 'memory'>; readonly thought: Thought }

/**
 * The fence stops a late writer; planning again must not let it in by another door. So a hostname is left to the next tick when another
 * run has decided since, also when it came back to the same shares, or when somebody holds its shares under a higher generation than this run
 * planned with; and all are, when an operator has spoken since or what one said has expired.
 */
export async function planAgain(
  { situation, thought }: Considered,
  outcomes: readonly ApplyOutcome[],
  ports: Pick<RebalancePorts, 'memory' | 'splits' | 'overrides' | 'clock'>,
): Promise<Guarded[]> {
  const unsettled = outcomes.filter(({ kind }) => kind === 'conflict' || kind === 'looked')
  if (unsettled.length === 0) return []
  const [{ memory }, overrides] = await Promise.all([recall(ports.memory), ports.overrides.list()])
  if (JSON.stringify(inForce(overrides, ports.clock.nowSeconds())) !== JSON.stringify(situation.overrides)) return []
  const names = new Set(
    situation.configuration.hostnames
      .filter((policy) => isNewest(thought, memory, providerSetId(policy)))
      .map(({ hostname }) => hostname)
      .filter((hostname) => unsettled.some((outcome) => outcome.hostname === hostname && !isHeldByAnother(outcome, thought))),
  )
  // Read again: a canary may have shifted since.
  return planAndGuard({ ...situation, splits: await ports.splits.list() }, thought.decisions).filter(({ plan }) => names.has(plan.hostname))
}

function isNewest({ memory: own }: Thought, standing: Thought['memory'], set: string): boolean {
  const sharesOf = ({ sets }: Thought['memory']) =>
    JSON.stringify([sets[set]?.shares ?? {}, sets[set]?.drained ?? [], sets[set]?.lastChange?.at])
  return sharesOf(own) === sharesOf(standing)
}

function isHeldByAnother(outcome: ApplyOutcome, { plans }: Thought): boolean {
  if (outcome.kind !== 'conflict') return false
  const planned = plans.find(({ plan }) => plan.hostname === outcome.hostname)?.plan.fence.generation ?? 0
  return (outcome.observed.fence?.generation ?? 0) > planned
}
