// What each rule comes to over all cells: how often it aborts a good version, and how much of a bad one it lets through.
import type { Row } from './measure.ts'

export type RuleFigures = {
  readonly name: string
  /** Part of good versions aborted: mean over the A/A cells, and in the worst of them. */
  readonly falseAborts: number
  readonly worstFalseAborts: number
  /** Bad requests served, as part of what is served without any judge: mean over the cells of bad versions. */
  readonly served: number
}

export function byRule(rows: readonly Row[]): RuleFigures[] {
  const names = rows[0]?.figures.map(({ rule }) => rule) ?? []
  return names.map((name) => {
    const falseAborts = rows.filter(({ cell }) => cell.kind === 'aa').map((row) => of(row, name)?.aborted.ratio ?? 0)
    return {
      name,
      falseAborts: mean(falseAborts),
      worstFalseAborts: Math.max(0, ...falseAborts),
      served: mean(rows.filter(({ cell }) => cell.kind === 'bad').map((row) => (of(row, name)?.excess ?? 0) / unjudged(row))),
    }
  })
}

/** What a whole hour of the bad version costs. */
function unjudged({ cell }: Row): number {
  const meanShare = cell.isRamp ? (0.01 + 0.05 + 0.25 + 0.5) / 4 : cell.share
  const shock = 1 + ((cell.shock - 1) * 5) / 60
  return Math.max(1e-9, 60 * cell.requestsPerMinute * meanShare * cell.baseFailureRatio * (cell.ratio - 1) * shock)
}

function of({ figures }: Row, name: string) {
  return figures.find(({ rule }) => rule === name)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
