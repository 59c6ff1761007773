// What the guards are run with where a plan is carried out: everything is read here, nothing is taken from the plan.
import type { GuardContext } from '#guards/guard.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { isInForce } from '#model/override.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import type { ApplyPorts } from './ports.ts'

export async function contextOf(
  hostname: HostnamePolicy,
  { providers, policy }: Configuration,
  { observed, repairs }: Pick<HostnameRecords, 'observed' | 'repairs'>,
  ports: Pick<ApplyPorts, 'overrides' | 'clock'>,
): Promise<GuardContext> {
  const nowSeconds = ports.clock.nowSeconds()
  const overrides = (await ports.overrides.list()).filter((override) => isInForce(override, nowSeconds))
  return { hostname, providers, policy: policy.guards, observed, overrides, repairs, nowSeconds }
}
