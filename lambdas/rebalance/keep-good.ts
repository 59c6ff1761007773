// Keeps the last good plan: records that stayed in sync for a dead time while every provider served.
import { decisionFor } from '#decision/decide-sets.ts'
import type { Configuration } from '#model/configuration.ts'
import { deadTimeSeconds } from '#model/policy.ts'
import type { Thought } from '#pipeline.ts'
import type { RebalancePorts } from './ports.ts'

type KeepPorts = Pick<RebalancePorts, 'records' | 'goodPlans'>

/** Once per write, not once per tick: the receipt remembers that it was kept. @returns the hostnames whose plan was kept now */
export async function keepGood(configuration: Configuration, thought: Thought, nowSeconds: number, ports: KeepPorts): Promise<string[]> {
  const kept: string[] = []
  const known = await ports.records.load()
  for (const policy of configuration.hostnames) {
    const { hostname, ttlSeconds } = policy
    const records = known.get(hostname)
    const { receipt, observed } = records ?? {}
    if (records === undefined || observed?.fence === undefined || receipt?.inSyncAt === undefined || receipt.isGood) continue
    if (nowSeconds - receipt.inSyncAt < deadTimeSeconds(configuration.policy.timing, ttlSeconds)) continue
    if (receipt.fence.sequence !== observed.fence.sequence || !isQuiet(thought, policy)) continue
    const before = await ports.goodPlans.get(hostname)
    const { generation, sequence } = observed.fence
    await ports.goodPlans.put({
      hostname,
      members: observed.members,
      fence: { generation, sequence },
      since: receipt.inSyncAt,
      ...(before === undefined ? {} : { previous: { members: before.members, fence: before.fence, since: before.since } }),
    })
    await ports.records.put({ ...records, receipt: { ...receipt, isGood: true } })
    kept.push(hostname)
  }
  return kept
}

/** Every provider serves, and the records are as decided. */
function isQuiet({ decisions, plans }: Thought, policy: Configuration['hostnames'][number]): boolean {
  const decision = decisionFor(decisions, policy)
  const plan = plans.find((candidate) => candidate.plan.hostname === policy.hostname)?.plan
  return plan?.changes.length === 0 && decision?.providers.every(({ condition }) => condition.kind === 'serving') === true
}
