// The figures as text.
import type { Row } from './evaluate.ts'
import { type Summary, timingText } from './missed-targets.ts'

export function rowTable(row: Row): string {
  const lines = row.figures.map((one) => [
    one.controller,
    one.failedPercent.toFixed(2),
    (one.failedPercent - row.optimumPercent).toFixed(2),
    one.peakPercent.toFixed(1),
    one.movedSeconds === undefined ? 'never' : one.movedSeconds.toFixed(0),
    one.writes.toFixed(1),
    one.quietWrites.toFixed(1),
    one.reversals.toFixed(1),
  ])
  const title = `${row.scenario} · lag/tick ${timingText(row)} · optimum ${row.optimumPercent.toFixed(2)} %`
  return `${title}\n${grid(['', 'failed %', 'regret', 'peak %', 'moved s', 'writes', 'quiet', 'reversals'], lines)}`
}

export function summaryTable(count: number, summaries: readonly Summary[]): string {
  const lines = summaries.map((one) => [
    one.controller,
    one.failedPercent.toFixed(2),
    one.regretMean.toFixed(2),
    one.regret95.toFixed(1),
    one.regretWorst.toFixed(1),
    (one.aboveStaticWorst > 0 ? '+' : '') + one.aboveStaticWorst.toFixed(1),
    one.writes.toFixed(1),
    one.writes95.toFixed(0),
    one.reversals.toFixed(1),
  ])
  const head = ['', 'failed %', 'regret', 'p95', 'worst', 'over static', 'writes', 'p95', 'reversals']
  return `${count} random scenarios\n${grid(head, lines)}`
}

function grid(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  const text = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  return [head, ...lines].map((line) => `  ${text(line)}`.trimEnd()).join('\n')
}
