// One tick: read signals and memory, think, remember, have the plans carried out, and plan once more where somebody else had written.
import type { Configuration } from '#model/configuration.ts'
import { isInForce, type Override } from '#model/override.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyAnswer, ApplyOutcome, ApplyRequest } from '#model/receipt.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { metricQueries, metricWindow, planAndGuard, type Situation, type Thought, think } from '#pipeline.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import { actOnOperator } from './act-on-operator.ts'
import { keepGood } from './keep-good.ts'
import type { RebalancePorts } from './ports.ts'
import { recall, remember } from './remember.ts'
import { type TickReport, tickReport } from './tick-report.ts'

/** @throws BadEvent before anything is written, and what the ports throw */
export async function rebalance(event: TickEvent, ports: RebalancePorts): Promise<TickReport> {
  const configuration = await ports.configuration.load()
  const nowSeconds = ports.clock.nowSeconds()
  const ageSeconds = nowSeconds - event.time
  if (ageSeconds > configuration.policy.timing.tickSeconds) return { kind: 'dropped', reason: tooLate(event, ageSeconds) }

  const isDryRun = event.source === 'operator' && event.dryRun
  const overrides = await overridesAfter(event, configuration, nowSeconds, ports)
  if (event.source === 'operator' && event.request.action === 'rollback') return rollBack(event, ports)

  const records = new Map(await ports.records.load())
  if (event.source === 'reconcile') for (const observed of event.observed) adopt(records, observed)
  const { fromSeconds, toSeconds } = metricWindow(nowSeconds)
  const series = await ports.metrics.read(metricQueries(configuration), fromSeconds, toSeconds)
  const situation = { configuration, series, overrides, records, nowSeconds }

  const thought = await thinkAndRemember(situation, isDryRun, ports)
  if (thought === undefined) return { kind: 'overtaken', reason: OVERTAKEN }
  if (isDryRun) return tickReport('dry-run', thought, thought.plans, [], [])

  const first = await carryOut(requestFor(configuration, thought.plans, records), ports)
  for (const outcome of first.outcomes) if (outcome.kind === 'conflict' || outcome.kind === 'looked') adopt(records, outcome.observed)
  const again = namesToPlanAgain(first.outcomes)
  const replanned = planAndGuard(situation, thought.decisions).filter(({ plan }) => again.has(plan.hostname))
  const second = await carryOut({ ...NOTHING, plans: plansToWrite(configuration, replanned) }, ports)

  for (const decision of thought.decisions) await ports.journal.record(decision)
  await keepGood(configuration, thought, nowSeconds, ports)
  const plans = [...thought.plans.filter(({ plan }) => !again.has(plan.hostname)), ...replanned]
  return tickReport('done', thought, plans, [...first.outcomes, ...second.outcomes], first.confirmed)
}

const OVERTAKEN = { code: 'overtaken', sentence: 'two other runs advanced the same memory; the next tick goes on' }
const NOTHING: ApplyRequest = { rollbacks: [], plans: [], look: [], confirm: [] }

/** No signal is read and nothing is decided: the last good plan must come back when everything else is broken. */
async function rollBack(
  { author, dryRun, request }: Extract<TickEvent, { source: 'operator' }>,
  ports: RebalancePorts,
): Promise<TickReport> {
  if (request.action !== 'rollback') throw new RangeError(`no rollback: ${request.action}`)
  const { hostname, reason, expiresAt } = request
  const thought: Thought = { decisions: [], memory: { providers: {}, sets: {} }, plans: [] }
  if (dryRun) return tickReport('dry-run', thought, [], [], [])
  const { outcomes } = await ports.applier.apply({ ...NOTHING, rollbacks: [{ hostname, author, reason, expiresAt }] })
  return tickReport('done', thought, [], outcomes, [])
}

function tooLate(event: TickEvent, ageSeconds: number) {
  return {
    code: 'late',
    sentence: `the ${event.source} event is ${Math.round(ageSeconds)} s old, older than a tick: a late order is not executed`,
  }
}

async function overridesAfter(
  event: TickEvent,
  configuration: Configuration,
  nowSeconds: number,
  ports: RebalancePorts,
): Promise<Override[]> {
  const overrides =
    event.source === 'operator' ? await actOnOperator(event, configuration, nowSeconds, ports) : await ports.overrides.list()
  return overrides.filter((override) => isInForce(override, nowSeconds))
}

function adopt(records: Map<string, HostnameRecords>, observed: HostnameRecords['observed']): void {
  records.set(observed.hostname, { ...records.get(observed.hostname), observed })
}

/** Somebody faster on the same window is no failure: read what they left and think again, once. */
async function thinkAndRemember(
  situation: Omit<Situation, 'memory'>,
  isDryRun: boolean,
  ports: RebalancePorts,
): Promise<Thought | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const recalled = await recall(ports.memory)
    const thought = think({ ...situation, memory: recalled.memory })
    if (isDryRun || (await remember(ports.memory, recalled, thought.memory))) return thought
  }
  return undefined
}

function requestFor(configuration: Configuration, plans: Thought['plans'], records: ReadonlyMap<string, HostnameRecords>): ApplyRequest {
  return {
    rollbacks: [],
    plans: plansToWrite(configuration, plans),
    look: configuration.hostnames.flatMap(({ hostname }) => (records.has(hostname) ? [] : [hostname])),
    confirm: [...records.values()].flatMap(({ receipt }) => (receipt !== undefined && receipt.inSyncAt === undefined ? [receipt] : [])),
  }
}

function plansToWrite({ hostnames }: Configuration, plans: Thought['plans']): Plan[] {
  const enforced = new Set(hostnames.filter(({ mode }) => mode === 'enforce').map(({ hostname }) => hostname))
  return plans.flatMap(({ kind, plan }) => (kind === 'allowed' && plan.changes.length > 0 && enforced.has(plan.hostname) ? [plan] : []))
}

/** A quiet tick asks apply for nothing, and so makes no Route 53 call. */
async function carryOut(request: ApplyRequest, ports: RebalancePorts): Promise<ApplyAnswer> {
  const isEmpty = request.rollbacks.length + request.plans.length + request.look.length + request.confirm.length === 0
  return isEmpty ? { outcomes: [], confirmed: [] } : ports.applier.apply(request)
}

function namesToPlanAgain(outcomes: readonly ApplyOutcome[]): Set<string> {
  return new Set(outcomes.filter(({ kind }) => kind === 'conflict' || kind === 'looked').map(({ hostname }) => hostname))
}
