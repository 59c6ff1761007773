// The times of the policy fit together: a signal can be fresh at all.
import type { Finding } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'

export function timingFindings({ policy }: SluiceFile): Finding[] {
  const { freshnessSeconds, windowSeconds, metricLagSeconds } = policy.timing
  // The newest complete window ended up to lag + window ago.
  const least = windowSeconds + metricLagSeconds
  if (freshnessSeconds >= least) return []
  return [
    {
      code: 'freshness',
      path: ['policy', 'timing', 'freshnessSeconds'],
      seen: `${freshnessSeconds} seconds`,
      allowed: `at least windowSeconds + metricLagSeconds = ${least}: the newest value is that old when it can be read`,
      mend: `Use ${least} or more.`,
    },
  ]
}
