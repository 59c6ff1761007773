// Whether a wanted change is worth a write now: failures at once, noise never, and nothing else inside the dead time.
import type { SetMemory } from '#model/memory.ts'
import type { EstimatorPolicy } from '#model/policy.ts'
import { noiseOf } from './filter.ts'
import { isRed, type Member } from './member.ts'

/** Why the gate is open. `band` and `tidy` are corrections, the others reactions. */
export type GateRule = 'down' | 'failing' | 'band' | 'tidy'

export type GateInput = {
  readonly members: readonly Member[]
  /** Wanted shares in the order of the members. */
  readonly wanted: readonly number[]
  readonly set: SetMemory
  readonly isPanic: boolean
  readonly estimator: EstimatorPolicy
  readonly deadSeconds: number
  readonly nowSeconds: number
}

export type GateAnswer = { readonly rule: GateRule | undefined; readonly tidySince: number | undefined }

/** Changes below these many points of share are not written, whatever they are in proportion. */
const DOWN_POINTS = 0.01
const SMALL_POINTS = 0.005
/** A provider that is down must lose at least this part of its share to be worth a write. */
const DOWN_PART = 1 / 3

export function writeGate({ members, wanted, set, isPanic, estimator, deadSeconds, nowSeconds }: GateInput): GateAnswer {
  const moves = members.map((member, i) => {
    const from = member.standing ?? 0
    const to = wanted[i] ?? 0
    return { member, from, to, points: Math.abs(to - from), part: Math.abs(to - from) / Math.max(from, DOWN_POINTS) }
  })
  const noise = Math.max(...members.map(({ memory }) => noiseOf(memory.capacity)))
  const isQuiet = nowSeconds - (set.lastWriteAt ?? -Infinity) >= deadSeconds
  const isTidyWanted = moves.some(({ part, points }) => part > Math.max(estimator.tidy, 2 * noise) && points > SMALL_POINTS)
  const tidySince = isTidyWanted ? (set.tidySince ?? nowSeconds) : undefined
  const answer = (rule: GateRule | undefined): GateAnswer => ({ rule, tidySince })

  const mustFall = moves.some(
    ({ member, from, to, points }) => member.memory.isDown && to < from && points > Math.max(DOWN_PART * from, DOWN_POINTS),
  )
  const mustRise = moves.some(
    ({ member, from, to, points }) =>
      isRed(member) && (isPanic || !member.memory.isDown) && to > from && points > Math.max(DOWN_PART * from, DOWN_POINTS),
  )
  if (mustFall || mustRise) return answer('down')

  const isCut = moves.some(({ member, from, to, points, part }) => {
    const isAgain = nowSeconds - (member.memory.lastCutAt ?? -Infinity) <= deadSeconds
    return member.memory.isBad && to < from && points > SMALL_POINTS && part > (isAgain ? estimator.band : estimator.cut)
  })
  if (isCut) return answer('failing')

  const band = Math.max(estimator.band, 3 * noise)
  if (isQuiet && moves.some(({ part, points }) => part > band && points > SMALL_POINTS)) return answer('band')

  const isTidyDue = nowSeconds - (tidySince ?? Infinity) >= estimator.tidySeconds
  if (isQuiet && isTidyDue && !members.some(({ memory }) => memory.isBad)) return answer('tidy')
  return answer(undefined)
}
