// Everything Route 53 knows, as its operations see it.
import type { Clock } from '#ports/clock.ts'
import type { Route53Settings } from './access.ts'
import { type ChangeLedger, createChangeLedger } from './change-ledger.ts'
import { createHealthChecks, type HealthChecks } from './health-checks.ts'
import { createHostedZones, type HostedZones } from './hosted-zones.ts'
import { createTags, type Tags } from './tags.ts'

export type Route53State = {
  readonly clock: Clock
  readonly settings: Route53Settings
  readonly zones: HostedZones
  readonly changes: ChangeLedger
  readonly healthChecks: HealthChecks
  /** By `healthcheck/<id>` and `hostedzone/<id>`. */
  readonly tags: Tags
}

export function createRoute53State(clock: Clock): Route53State {
  return {
    clock,
    settings: { propagationSeconds: 10, processingSeconds: 0.05, invalidChangeBatchShape: 'message', throttle: undefined },
    zones: createHostedZones(),
    changes: createChangeLedger(),
    healthChecks: createHealthChecks(),
    tags: createTags(),
  }
}
