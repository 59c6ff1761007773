// How far signals may move the shares at once: they may be wrong, and a step that is too large cannot be taken back for a dead time.
import type { SetMemory } from '#model/memory.ts'
import type { GuardPolicy } from '#model/policy.ts'

export type VelocityInput = {
  readonly standing: readonly number[]
  readonly wanted: readonly number[]
  /** Somebody fails: what the others gain then is what must leave, and is bound by `maxRemoval` alone. */
  readonly isRelief: boolean
  readonly set: SetMemory
  readonly guards: GuardPolicy
  readonly deadSeconds: number
  readonly nowSeconds: number
}

export type VelocityAnswer = {
  readonly shares: readonly number[]
  readonly removals: readonly { readonly at: number; readonly share: number }[]
  /** How much of the wanted change is made, 0–1; below 1 a bound shortened it. */
  readonly part: number
}

/**
 * The wanted shares, or a point on the straight way to them: shares taken away within one dead time stay below `maxRemoval` in sum, and
 * in a correction nobody gains more than `maxGrowth`. For signal-driven changes only.
 */
export function velocity({ standing, wanted, isRelief, set, guards, deadSeconds, nowSeconds }: VelocityInput): VelocityAnswer {
  const recent = (set.removals ?? []).filter(({ at }) => nowSeconds - at < deadSeconds)
  const changes = wanted.map((share, i) => share - (standing[i] ?? 0))
  const removal = changes.reduce((sum, change) => sum + Math.max(0, -change), 0)
  const left = Math.max(0, guards.maxRemoval - recent.reduce((sum, { share }) => sum + share, 0))
  const growth = Math.max(...changes)
  const byRemoval = removal > left ? left / removal : 1
  const byGrowth = !isRelief && growth > guards.maxGrowth ? guards.maxGrowth / growth : 1
  const part = Math.min(byRemoval, byGrowth)
  return {
    shares: part === 1 ? wanted : changes.map((change, i) => (standing[i] ?? 0) + part * change),
    removals: part * removal > 0 ? [...recent, { at: nowSeconds, share: part * removal }] : recent,
    part,
  }
}
