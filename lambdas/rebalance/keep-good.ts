// Keeps the last good plan: records that stayed in sync for a dead time, in which every provider served.
import { decisionFor } from '#decision/decide-sets.ts'
import { inParallel } from '#handler/in-parallel.ts'
import type { Configuration } from '#model/configuration.ts'
import { deadTimeSeconds } from '#model/policy.ts'
import type { Thought } from '#pipeline.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import type { RebalancePorts } from './ports.ts'

type KeepPorts = Pick<RebalancePorts, 'records' | 'goodPlans'>

/**
 * Once per write, not once per tick: the receipt remembers that it was kept. What there is no time for is kept in a later tick.
 *
 * @param known what the tick began with: had somebody written since, their observation is newer, and ours is not stored
 */
export async function keepGood(
  configuration: Configuration,
  thought: Thought,
  known: ReadonlyMap<string, HostnameRecords>,
  { nowSeconds, isOver, ...ports }: KeepPorts & { readonly nowSeconds: number; readonly isOver?: () => boolean },
): Promise<void> {
  const due = configuration.hostnames.filter((policy) => isGood(configuration, policy, known.get(policy.hostname), thought, nowSeconds))
  await inParallel(
    due.flatMap(({ hostname }) => known.get(hostname) ?? []),
    (records) => keep(records, ports),
    isOver,
  )
}

function isGood(
  { policy }: Configuration,
  hostname: Configuration['hostnames'][number],
  records: HostnameRecords | undefined,
  thought: Thought,
  nowSeconds: number,
): boolean {
  const { receipt, observed } = records ?? {}
  if (observed?.fence === undefined || receipt?.inSyncAt === undefined || receipt.isGood) return false
  const deadSeconds = deadTimeSeconds(policy.timing, hostname.ttlSeconds)
  if (nowSeconds - receipt.inSyncAt < deadSeconds) return false
  if (receipt.fence.sequence !== observed.fence.sequence || !isQuiet(thought, hostname)) return false
  return !hostname.providers.some(({ provider }) => wasBad(thought.memory.providers[provider], nowSeconds - deadSeconds))
}

async function keep(records: HostnameRecords, ports: KeepPorts): Promise<void> {
  const { observed, receipt } = records
  if (observed.fence === undefined || receipt?.inSyncAt === undefined) return
  const before = await ports.goodPlans.get(observed.hostname)
  const { generation, sequence } = observed.fence
  // Of two runs that keep the same plan the second would make it its own predecessor, and the one before would be lost.
  const isKept = before?.fence.generation === generation && before.fence.sequence === sequence
  if (!isKept) {
    const previous = before === undefined ? {} : { previous: { members: before.members, fence: before.fence, since: before.since } }
    const since = receipt.inSyncAt
    await ports.goodPlans.put({
      hostname: observed.hostname,
      members: observed.members,
      fence: { generation, sequence },
      since,
      ...previous,
    })
  }
  await ports.records.put({ ...records, refused: undefined, receipt: { ...receipt, isGood: true } })
}

/** Every provider serves, and the records are as decided. */
function isQuiet({ decisions, plans }: Thought, policy: Configuration['hostnames'][number]): boolean {
  const decision = decisionFor(decisions, policy)
  const plan = plans.find((candidate) => candidate.plan.hostname === policy.hostname)?.plan
  return plan?.changes.length === 0 && decision?.providers.every(({ condition }) => condition.kind === 'serving') === true
}

/** What serves now may have been bad until a moment ago, as may one nobody knew then; and shares on the way back are not those to go back to. */
function wasBad(memory: Thought['memory']['providers'][string], sinceSeconds: number): boolean {
  if (memory === undefined || memory.isRamping) return true
  const { beganAt, greenSince, lastBadAt } = memory
  return [beganAt, greenSince, lastBadAt].some((at) => at !== undefined && at > sinceSeconds)
}
