// What the guards are run with: a calm moment in which everything is allowed; override what a test is about.
import type { GuardContext } from '#guards/guard.ts'
import { guard } from '#guards/index.ts'
import type { Plan } from '#model/plan.ts'
import { aConfiguration, aHostname } from './configuration.ts'
import { observedRecords } from './records.ts'

export function aGuardContext(overrides: Partial<GuardContext> = {}): GuardContext {
  const { providers, policy } = aConfiguration()
  return {
    hostname: aHostname(),
    providers,
    policy: policy.guards,
    observed: observedRecords(),
    overrides: [],
    nowSeconds: 1_000,
    ...overrides,
  }
}

/** `guard: sentence` of the refusal, or `allowed`. */
export function refusalOf(plan: Plan, overrides: Partial<GuardContext> = {}): string {
  const result = guard(plan, aGuardContext(overrides))
  return result.kind === 'refused' ? `${result.refusals[0]?.guard}: ${result.refusals[0]?.reason.sentence}` : 'allowed'
}
