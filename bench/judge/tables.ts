// The figures as text: a grid for each question that the bench answers. One file, because it is the same grid with other columns.
import type { Figures, Row } from './measure.ts'
import type { Cost } from './several-metrics.ts'

export const percent = (ratio: number) => `${(ratio * 100).toFixed(1)} %`
export const minutes = (value: number) => (Number.isFinite(value) ? String(value) : 'never')

/** A/A: who is aborted though good, and when a good version passes. */
export function falseAborts(row: Row): string {
  return titled(
    row,
    ['', 'runs', 'false aborts', '95 % interval', 'passed', 'median min'],
    ({ rule, runs, aborted, passed, passMinutes }) => [
      rule,
      String(runs),
      percent(aborted.ratio),
      `${percent(aborted.low)} to ${percent(aborted.high)}`,
      percent(passed),
      minutes(passMinutes),
    ],
  )
}

/** Bad versions: who finds them, how soon, and at what cost. */
export function found(row: Row): string {
  return titled(
    row,
    ['', 'runs', 'found', '95 % interval', 'median min', 'excess bad', 'passed'],
    ({ rule, runs, aborted, delayMinutes, excess, passed }) => [
      rule,
      String(runs),
      percent(aborted.ratio),
      `${percent(aborted.low)} to ${percent(aborted.high)}`,
      minutes(delayMinutes),
      excess.toFixed(1),
      percent(passed),
    ],
  )
}

export function severalMetricsTable(costs: readonly Cost[]): string {
  const lines = costs.map((cost) => [String(cost.metrics), percent(cost.found), minutes(cost.delayMinutes), cost.excess.toFixed(1)])
  return `×4 in one of several metrics, 600/min, 10 %, base 0.5 %\n${grid(['metrics', 'found', 'median min', 'excess bad'], lines)}`
}

function titled({ cell, figures }: Row, head: readonly string[], line: (figures: Figures) => string[]): string {
  return `${cell.name}\n${grid(head, figures.map(line))}`
}

function grid(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  const text = (cells: readonly string[]) =>
    cells.map((one, column) => (column === 0 ? one.padEnd(widths[0] ?? 0) : one.padStart(widths[column] ?? 0))).join('  ')
  return [head, ...lines].map((line) => `  ${text(line)}`.trimEnd()).join('\n')
}
