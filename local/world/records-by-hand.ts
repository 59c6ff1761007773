// Writes the static records of hostnames that no controller writes, through the API, as an operator would.
import type { Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { World } from './start-world.ts'
import { staticRecords } from './static-records.ts'

export async function recordsByHand(
  configuration: Configuration,
  hostnames: readonly HostnamePolicy[],
  plane: Pick<Route53DataPlane, 'healthChecks'>,
  world: Pick<World, 'operator'>,
): Promise<void> {
  for (const hostname of hostnames)
    await world.operator.change(hostname.zoneId, staticRecords(configuration, hostname, plane.healthChecks()))
}
