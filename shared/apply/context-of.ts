// What the guards are run with where a plan is carried out, or a rollback is shown: configuration, records and overrides are read here.
// Only what was decided on (the plan's evidence and cause) is taken from the plan, which nobody but rebalance may send.
import type { GuardContext } from '#guards/guard.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { inForce } from '#model/override.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import type { ApplyPorts } from './ports.ts'

export async function contextOf(
  hostname: HostnamePolicy,
  { providers, policy }: Configuration,
  { observed, receipt, repairs, isOurs }: Pick<HostnameRecords, 'observed' | 'receipt' | 'repairs' | 'isOurs'>,
  ports: Pick<ApplyPorts, 'overrides' | 'clock'>,
): Promise<GuardContext> {
  const nowSeconds = ports.clock.nowSeconds()
  const overrides = inForce(await ports.overrides.list(), nowSeconds)
  return { hostname, providers, policy: policy.guards, observed, lastFence: receipt?.fence, overrides, repairs, isOurs, nowSeconds }
}
