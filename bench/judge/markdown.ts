// The figures as the tables of README.md: every rule over all cells, and what the product makes of bad and good versions.
import { byRule } from './by-rule.ts'
import type { Cell } from './cells.ts'
import type { Row } from './measure.ts'
import { PRODUCT } from './rules/sluice.ts'
import { minutes, percent } from './tables.ts'

export function markdown(rows: readonly Row[]): string {
  const rules = byRule(rows).map(({ name, falseAborts, worstFalseAborts, served }) => [
    name,
    percent(falseAborts),
    percent(worstFalseAborts),
    percent(served),
  ])
  const own = (kind: Cell['kind']) =>
    rows.flatMap(({ cell, figures }) => {
      const product = figures.find(({ rule }) => rule === PRODUCT)
      return cell.kind === kind && product !== undefined ? [{ ...product, name: cell.name }] : []
    })
  const bad = own('bad').map(({ name, aborted, delayMinutes, excess, passed }) => [
    name,
    percent(aborted.ratio),
    minutes(delayMinutes),
    excess.toFixed(1),
    percent(passed),
  ])
  const good = own('aa')
    .filter(({ passed }) => passed > 0.5)
    .map(({ name, aborted, passed, passMinutes }) => [name, percent(aborted.ratio), percent(passed), minutes(passMinutes)])
  return [
    table(['rule', 'false aborts, mean', 'in the worst cell', 'bad requests served'], rules),
    table([`${PRODUCT}: bad version`, 'found', 'median min', 'excess bad', 'passed'], bad),
    table([`${PRODUCT}: good version, where most pass within the hour`, 'false aborts', 'passed', 'median min'], good),
  ].join('\n\n')
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map((_, column) => (column === 0 ? '---' : '--:')), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
