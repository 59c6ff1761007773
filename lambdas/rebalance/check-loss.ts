// Whether a pin may be stored, where policy refuses those under which the loss of one more provider could not be carried.
import { problemLine } from '#config/problem.ts'
import { decisionFor } from '#decision/decide-sets.ts'
import { addedLoss } from '#decision/loss-notice.ts'
import { BadEvent } from '#handler/bad-event.ts'
import type { Configuration } from '#model/configuration.ts'
import { inForce, type Override, type Pin } from '#model/override.ts'
import { metricQueries, metricWindow, think } from '#pipeline.ts'
import type { RebalancePorts } from './ports.ts'
import { readMetrics } from './read-metrics.ts'
import { recall } from './remember.ts'

export type LossPorts = Pick<RebalancePorts, 'metrics' | 'memory' | 'records' | 'splits' | 'journal'>

/**
 * The tick is thought through twice, with the pin and without, and nothing of it is remembered. A loss that could not be carried before is no reason to refuse;
 * while the demand is unknown there is none.
 *
 * @param overrides without the pin, and with it. @throws BadEvent that says which loss it is, once it is journalled
 */
export async function checkLoss(
  pin: Pin,
  overrides: { readonly before: readonly Override[]; readonly after: readonly Override[] },
  {
    configuration,
    nowSeconds,
    isDryRun,
  }: { readonly configuration: Configuration; readonly nowSeconds: number; readonly isDryRun: boolean },
  ports: LossPorts,
): Promise<void> {
  const policy = configuration.hostnames.find(({ hostname }) => hostname === pin.hostname)
  if (policy === undefined || configuration.policy.guards.nMinusOne === 'report') return
  const [records, { memory }, splits, { series }] = await Promise.all([
    ports.records.load(),
    recall(ports.memory),
    ports.splits.list(),
    readMetrics(metricQueries(configuration), metricWindow(nowSeconds), ports.metrics),
  ])
  const decided = (some: readonly Override[]) =>
    decisionFor(
      think({ configuration, series, memory, records, splits, nowSeconds, overrides: inForce(some, nowSeconds) }).decisions,
      policy,
    )
  const [before, after] = [decided(overrides.before), decided(overrides.after)]
  const loss = before === undefined || after === undefined ? undefined : addedLoss(after, before)
  if (loss === undefined) return
  if (!isDryRun)
    await ports.journal.append({
      kind: 'refused',
      at: nowSeconds,
      hostname: pin.hostname,
      refusals: [{ guard: 'n-minus-1', reason: loss }],
    })
  const allowed = 'shares under which the others carry the loss of any one as well as by capacity (policy.guards.nMinusOne: refuse)'
  const mend = 'Spread them more as the capacities are, or deploy nMinusOne: report.'
  throw new BadEvent(problemLine('event.request.shares', { seen: loss.sentence, allowed, mend }))
}
