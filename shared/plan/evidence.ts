// What a plan was decided on, small enough to travel with it, so that the guards can be run again where it is carried out.
import type { Decision } from '#model/decision.ts'
import type { PlanEvidence } from '#model/plan.ts'
import type { Split } from '#model/split.ts'

/** Signals a decision cannot do without, per provider; utilisation and latency are optional. */
const REQUIRED = ['capacity', 'load', 'errors'] as const

export function evidenceOf(decision: Decision, split?: Split): PlanEvidence {
  const zeroVersions = Object.entries(split?.versionShares ?? {}).flatMap(([version, share]) => (share === 0 ? [version] : []))
  const required = decision.inputs.flatMap((provider) => [
    ...REQUIRED.map((signal) => provider[signal]),
    ...provider.probes.map(({ fraction }) => fraction),
  ])
  const configured = required.filter((signal) => signal.state === 'present' || signal.why !== 'not-configured')
  return {
    signalsRequired: configured.length,
    signalsMissing: configured.filter(({ state }) => state === 'missing').length,
    zero: decision.providers
      .filter(({ role, share }) => role === 'none' || (role === 'serving' && share === 0))
      .map(({ provider }) => provider),
    mayServe: decision.providers.filter(({ role }) => role === 'serving').map(({ provider }) => provider),
    ...(zeroVersions.length === 0 ? {} : { zeroVersions }),
  }
}
