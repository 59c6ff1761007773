// What a plan was decided on, small enough to travel with it, so that the guards can be run again where it is carried out.
import type { Decision } from '#model/decision.ts'
import type { PlanEvidence } from '#model/plan.ts'
import type { Split } from '#model/split.ts'

export function evidenceOf(decision: Decision, split?: Split): PlanEvidence {
  const zeroVersions = Object.entries(split?.versionShares ?? {}).flatMap(([version, share]) => (share === 0 ? [version] : []))
  return {
    signalsRequired: decision.signalsRequired,
    signalsMissing: decision.signalsMissing,
    zero: decision.providers
      .filter(({ role, share }) => role === 'none' || (role === 'serving' && share === 0))
      .map(({ provider }) => provider),
    mayServe: decision.providers.filter(({ role }) => role === 'serving').map(({ provider }) => provider),
    ...(zeroVersions.length === 0 ? {} : { zeroVersions }),
  }
}
