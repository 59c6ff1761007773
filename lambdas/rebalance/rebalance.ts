// One tick: read signals and memory, think, remember, have the plans carried out, and plan once more where somebody else had written.
import { inParallel } from '#handler/in-parallel.ts'
import { tooLate } from '#handler/too-late.ts'
import { inForce, type Override } from '#model/override.ts'
import { providerSetId } from '#model/provider-set.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { type Memory, metricQueries, metricWindow, type Situation, seenAgain, type Thought, think } from '#pipeline.ts'
import { actOnOperator } from './act-on-operator.ts'
import { journalRefusals } from './journal-refusals.ts'
import { keepGood } from './keep-good.ts'
import { type Considered, planAgain } from './plan-again.ts'
import type { RebalancePorts } from './ports.ts'
import { readMetrics } from './read-metrics.ts'
import { recall, remember } from './remember.ts'
import { NOTHING, plansToWrite, unconfirmed, unseen } from './requests.ts'
import { rollBack, showRollback } from './roll-back.ts'
import { send } from './send.ts'
import { type TickReport, tickReport } from './tick-report.ts'

/**
 * @param deadlineSeconds epoch seconds by which the run should be over; what does not fit is left to the next tick
 * @throws BadEvent before anything is written, and what the ports throw
 */
export async function rebalance(event: TickEvent, ports: RebalancePorts, deadlineSeconds = Number.POSITIVE_INFINITY): Promise<TickReport> {
  const configuration = await ports.configuration.load()
  const nowSeconds = ports.clock.nowSeconds()
  const late = tooLate(event.source, event.time, nowSeconds, configuration.policy.timing.tickSeconds)
  if (late !== undefined) return { kind: 'dropped', reason: late }

  const isDryRun = event.source === 'operator' && event.dryRun
  const asked = event.source === 'operator' ? await actOnOperator(event, configuration, nowSeconds, ports) : undefined
  if (event.source === 'operator' && event.request.action === 'rollback')
    return event.dryRun ? showRollback(event, event.request, configuration, ports) : rollBack(event, event.request, ports)

  const [loaded, { series, unread }] = await Promise.all([
    ports.records.load(),
    // Nobody's order waits for metrics: without any, the shares of the providers stay, and a drain or a canary's way back is written.
    readMetrics(metricQueries(configuration), metricWindow(nowSeconds), ports.metrics),
  ])
  const records = new Map(loaded)
  if (event.source === 'reconcile')
    for (const observed of event.observed) records.set(observed.hostname, seenAgain(records.get(observed.hostname), observed))
  const standing = async () => (isDryRun && asked !== undefined ? asked : await ports.overrides.list())

  const done = await thinkAndRemember({ configuration, series, records, nowSeconds }, standing, isDryRun, ports)
  if (done === undefined) return { kind: 'overtaken', reason: OVERTAKEN }
  if (isDryRun) return tickReport('dry-run', done.thought, done.thought.plans, [], [], unread)

  const sending = { applier: ports.applier, nowSeconds: ports.clock.nowSeconds, deadlineSeconds }
  const toWrite = (plans: Thought['plans']) => plansToWrite(configuration, plans, records)
  const first = await send({ ...NOTHING, plans: toWrite(done.thought.plans), look: unseen(configuration, records) }, sending)
  const news = first.outcomes.filter((outcome) => outcome.kind === 'conflict' || outcome.kind === 'looked')
  if (news.length > 0) {
    // Whoever wrote meanwhile left a receipt: the fence counts on from there, also when a hand has deleted the record of it.
    const stored = await ports.records.load()
    for (const { hostname, observed } of news) records.set(hostname, { ...stored.get(hostname), observed })
  }
  const settled = await decidedOnceSeen(done, first.outcomes, () =>
    thinkAndRemember({ configuration, series, records, nowSeconds }, standing, isDryRun, ports),
  )
  const { thought } = settled
  const replanned = await planAgain(settled, first.outcomes, ports)
  const again = new Set(replanned.map(({ plan }) => plan.hostname))
  const final = [...thought.plans.filter(({ plan }) => !again.has(plan.hostname)), ...replanned]
  await journalRefusals(final, configuration, loaded, nowSeconds, ports)
  // Whether earlier changes are in sync is asked last: the next tick can ask it as well.
  const second = await send({ ...NOTHING, plans: toWrite(replanned), confirm: unconfirmed(loaded, first.outcomes) }, sending)

  await inParallel(thought.decisions, ports.journal.record)
  const isOver = () => ports.clock.nowSeconds() >= deadlineSeconds
  await keepGood(configuration, thought, records, { ...ports, nowSeconds, isOver })
  return tickReport('done', thought, final, [...first.outcomes, ...second.outcomes], [...first.confirmed, ...second.confirmed], unread)
}

const OVERTAKEN = { code: 'overtaken', sentence: 'other runs have advanced the memory since; the next tick goes on' }

/** A set without memory begins from the records, so it is decided once they have been looked at: in the same tick. */
async function decidedOnceSeen(
  done: Considered,
  outcomes: readonly ApplyOutcome[],
  thinkAgain: () => Promise<Considered | undefined>,
): Promise<Considered> {
  const seen = new Set(outcomes.flatMap(({ kind, hostname }) => (kind === 'looked' ? [hostname] : [])))
  const isAwaited = done.situation.configuration.hostnames.some(
    (policy) => seen.has(policy.hostname) && Object.keys(done.thought.memory.sets[providerSetId(policy)]?.shares ?? {}).length === 0,
  )
  return isAwaited ? ((await thinkAgain()) ?? done) : done
}

/**
 * Somebody faster on the same window is no failure: read what they left and think again, once. Who has been overtaken by a run on a later
 * window has nothing to add to what that one knew, and would take back what it learned.
 *
 * The overrides are read after the memory: it tells which drains were already acted on, and a run that knew of fewer would undo them.
 */
async function thinkAndRemember(
  known: Omit<Situation, 'memory' | 'overrides' | 'splits'>,
  standing: () => Promise<readonly Override[]>,
  isDryRun: boolean,
  ports: RebalancePorts,
): Promise<Considered | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const recalled = await recall(ports.memory)
    if (isOfLaterWindow(recalled.memory, known.nowSeconds)) return undefined
    const overrides = inForce(await standing(), known.nowSeconds)
    const situation = { ...known, overrides, splits: await ports.splits.list() }
    const thought = think({ ...situation, memory: recalled.memory })
    if (isDryRun || (await remember(ports.memory, recalled, thought.memory))) return { situation, thought }
  }
  return undefined
}

/** A window that had not ended when this run read the metrics has been taken in since. */
function isOfLaterWindow({ providers }: Memory, nowSeconds: number): boolean {
  return Object.values(providers).some((provider) => provider !== undefined && provider.windowEnd > nowSeconds)
}
