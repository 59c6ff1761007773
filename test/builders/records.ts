// Observed records and plans, complete and consistent; override what a test is about.
import type { HostnamePolicy } from '#model/hostname.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { WeightedRecord } from '#model/record.ts'
import { planHostname } from '#plan/plan-hostname.ts'
import { aConfiguration, aHostname, HOSTNAME } from './configuration.ts'
import { aDecision } from './decision.ts'

const SHARES = { aws: 0.75, hetzner: 0.25 }

export function aRecord(provider: string, weight: number, overrides: Partial<WeightedRecord> = {}): WeightedRecord {
  return {
    name: HOSTNAME,
    type: 'A',
    setIdentifier: `sluice:${HOSTNAME}:${provider}:edge`,
    weight,
    target: { kind: 'values', values: [provider === 'aws' ? '192.0.2.10' : '198.51.100.10'], ttlSeconds: 60 },
    healthCheckId: `hc-${provider}`,
    ...overrides,
  }
}

export function observedRecords(overrides: Partial<ObservedRecords> = {}): ObservedRecords {
  return {
    hostname: HOSTNAME,
    members: [aRecord('aws', 1), aRecord('hetzner', 1)],
    fence: { generation: 1, sequence: 7, ttlSeconds: 60 },
    strangers: [],
    observedAt: 900,
    ...overrides,
  }
}

export function aPlan(
  overrides: Partial<Plan> = {},
  input: { hostname?: HostnamePolicy; observed?: ObservedRecords; shares?: Parameters<typeof aDecision>[0] } = {},
): Plan {
  const { hostname = aHostname(), observed = observedRecords(), shares = SHARES } = input
  return { ...planOf({ hostname, observed, decision: aDecision(shares) }), ...overrides }
}

/** What is planned of an even split for three quarters at aws. */
export function planOf(overrides: Partial<Parameters<typeof planHostname>[0]> = {}): Plan {
  return planHostname({
    hostname: aHostname(),
    providers: aConfiguration().providers,
    decision: aDecision(SHARES),
    observed: observedRecords(),
    returnWeight: 0.02,
    ...overrides,
  })
}
