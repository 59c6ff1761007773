// The order of the guards, and whom they bind.
//
//   operator override  >  abort / rollback  >  probe down  >  fail static  >  signal-driven change
//
// This is the order of who sets the shares. Guards marked `signal-driven` bind the last of them only: nothing may delay a rollback.
// The others bind everything. The first refusal ends the plan; a shrunk plan goes on through the rest.
import type { Plan, Refusal } from '#model/plan.ts'
import { atomicName } from './atomic-name.ts'
import { backstop } from './backstop.ts'
import { fence } from './fence.ts'
import type { Guard, GuardContext } from './guard.ts'
import { missingData } from './missing-data.ts'
import { neverEmpty } from './never-empty.ts'
import { ownership } from './ownership.ts'
import { paused } from './paused.ts'
import { ttl } from './ttl.ts'
import { validatedNumbers } from './validated-numbers.ts'
import { writeFight } from './write-fight.ts'
import { zeroMeans } from './zero-means.ts'

export const guards: readonly Guard[] = [
  validatedNumbers,
  ownership,
  fence,
  atomicName,
  ttl,
  backstop,
  neverEmpty,
  zeroMeans,
  paused,
  writeFight,
  missingData,
]

export type Guarded =
  | { readonly kind: 'allowed'; readonly plan: Plan; readonly shrunk: readonly Refusal[] }
  | { readonly kind: 'refused'; readonly plan: Plan; readonly refusals: readonly Refusal[] }

/** Runs every one of `rules` that binds the plan, in order. */
export function guard(plan: Plan, context: GuardContext, rules: readonly Guard[] = guards): Guarded {
  const shrunk: Refusal[] = []
  let current = plan
  for (const { name, binds, check } of rules) {
    if (binds === 'signal-driven' && plan.cause !== 'signal') continue
    const verdict = check(current, context)
    if (verdict.kind === 'refuse') return { kind: 'refused', plan, refusals: [{ guard: name, reason: verdict.reason }] }
    if (verdict.kind === 'shrink') {
      shrunk.push({ guard: name, reason: verdict.reason })
      current = verdict.plan
    }
  }
  return { kind: 'allowed', plan: current, shrunk }
}
