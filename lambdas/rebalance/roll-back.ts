// An operator wants the last good plan of a hostname back: no signal is read and nothing is decided, because it must come back when everything else is broken.
import { guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import type { OperatorAction, TickEvent } from '#model/tick-event.ts'
import { contextOf, policyToRollBack, rollbackPlan, type Thought } from '#pipeline.ts'
import type { RebalancePorts } from './ports.ts'
import { NOTHING } from './requests.ts'
import { type TickReport, tickReport } from './tick-report.ts'

type Event = Pick<Extract<TickEvent, { source: 'operator' }>, 'author'>
type Rollback = Extract<OperatorAction, { action: 'rollback' }>

const NO_THOUGHT: Thought = { decisions: [], memory: { providers: {}, sets: {} }, plans: [] }

export async function rollBack(event: Event, request: Rollback, { applier }: Pick<RebalancePorts, 'applier'>): Promise<TickReport> {
  const { outcomes } = await applier.apply({ ...NOTHING, rollbacks: [requestOf(event, request)] })
  return tickReport('done', NO_THOUGHT, [], outcomes, [])
}

/** What apply would write if the records stand as they were last observed: it alone looks at Route 53. */
export async function showRollback(
  event: Event,
  request: Rollback,
  configuration: Configuration,
  ports: Pick<RebalancePorts, 'records' | 'goodPlans' | 'overrides' | 'clock'>,
): Promise<TickReport> {
  const { hostname } = request
  const shown = (outcome: ApplyOutcome) => tickReport('dry-run', NO_THOUGHT, [], [outcome], [])
  const found = policyToRollBack(hostname, configuration)
  if (found.kind === 'refused') return shown(found)
  const { observed, receipt } = (await ports.records.load()).get(hostname) ?? {}
  const standing = observed ?? { hostname, members: [], strangers: [], observedAt: 0 }
  const planned = rollbackPlan(requestOf(event, request), found.policy, standing, receipt, await ports.goodPlans.get(hostname))
  if (planned.kind === 'refused') return shown(planned)
  const context = await contextOf(found.policy, configuration, { observed: standing, receipt }, ports)
  return tickReport('dry-run', NO_THOUGHT, [guard(planned.plan, context)], [], [])
}

function requestOf({ author }: Event, { hostname, reason, expiresAt }: Rollback) {
  return { hostname, author, reason, expiresAt }
}
