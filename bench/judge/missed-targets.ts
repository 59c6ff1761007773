// Which targets the judge missed, each as a sentence.
import type { Cell } from './cells.ts'
import type { Figures, Row } from './measure.ts'
import { PRODUCT } from './rules/sluice.ts'

type Target = {
  readonly what: string
  readonly of: (figures: Figures) => number
  readonly bound: number
  readonly isAtLeast?: true
  readonly about: (cell: Cell) => boolean
}

const isPlain = ({ baseFailureRatio, clump, missing, shock, isRamp }: Cell) =>
  baseFailureRatio === 0.005 && clump === 1 && missing === 0 && shock === 1 && !isRamp
const at = (requestsPerMinute: number, ratio: number, share: number) => (cell: Cell) =>
  isPlain(cell) && cell.requestsPerMinute === requestsPerMinute && cell.ratio === ratio && cell.share === share

export const TARGETS: readonly Target[] = [
  { what: 'false aborts', of: ({ aborted }) => aborted.ratio, bound: 0.01, about: ({ kind }) => kind === 'aa' },
  { what: 'found', of: ({ aborted }) => aborted.ratio, bound: 0.985, isAtLeast: true, about: at(60, 10, 0.1) },
  { what: 'median minutes to the abort', of: ({ delayMinutes }) => delayMinutes, bound: 10, about: at(600, 4, 0.1) },
  { what: 'excess bad requests', of: ({ excess }) => excess, bound: 10.5, about: at(600, 4, 0.1) },
  { what: 'passed', of: ({ passed }) => passed, bound: 0.75, isAtLeast: true, about: at(600, 1, 0.1) },
  { what: 'passed', of: ({ passed }) => passed, bound: 0.95, isAtLeast: true, about: at(600, 1, 0.25) },
  { what: 'passed though twice as bad', of: ({ passed }) => passed, bound: 0.05, about: at(600, 2, 0.1) },
  { what: 'passed though twice as bad', of: ({ passed }) => passed, bound: 0.05, about: at(600, 2, 0.25) },
]

/** A share of fewer runs says more about their seeds. */
export const ENOUGH_RUNS = 500

export function missedTargets(rows: readonly Row[]): string[] {
  return rows.flatMap(({ cell, figures }) =>
    TARGETS.filter(({ about }) => about(cell)).flatMap(({ what, of, bound, isAtLeast }) => {
      const own = figures.find(({ rule }) => rule === PRODUCT)
      if (own === undefined || own.runs < ENOUGH_RUNS) return []
      const value = of(own)
      const isMet = isAtLeast === true ? value >= bound : value <= bound
      return isMet
        ? []
        : [`${cell.name}: ${what} ${value.toPrecision(3)}, the target is ${isAtLeast === true ? 'at least' : 'at most'} ${bound}`]
    }),
  )
}
