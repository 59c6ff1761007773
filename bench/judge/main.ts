// `npm run bench:judge`: the judge against its competitors on the same traces. Exit 1 when a target is missed, 2 when it was called wrongly.
import { readFileSync, writeFileSync } from 'node:fs'
import { CommandFailure, failureText, usageFailure } from '#cli/failure.ts'
import { readTrace } from '#cli/judge/read-trace.ts'
import { problemLine } from '#config/problem.ts'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { CELLS, type Cell, cell } from './cells.ts'
import { markdown } from './markdown.ts'
import { figuresOf, measure, type Row } from './measure.ts'
import { ENOUGH_RUNS, missedTargets } from './missed-targets.ts'
import { plot } from './plot.ts'
import type { Rule } from './rule.ts'
import { kayenta } from './rules/kayenta.ts'
import { sluice } from './rules/sluice.ts'
import { thresholds } from './rules/thresholds.ts'
import { zTest } from './rules/z-test.ts'
import { severalMetrics } from './several-metrics.ts'
import { falseAborts, found, severalMetricsTable } from './tables.ts'

const runsAllowed = { from: 20, to: 20_000, isWhole: true, allowed: 'a whole number from 20 to 20000' } as const

function options() {
  const { values } = flagsOrExit(
    {
      name: 'npm run bench:judge',
      flags: {
        runs: { kind: 'number', about: 'canaries for each cell', ...runsAllowed, default: 1000 },
        'slow-runs': { kind: 'number', about: "of these, how many Kayenta's rules judge", ...runsAllowed, default: 100 },
        only: { kind: 'text', value: 'product', about: 'without the competitors', allowed: 'product', choices: ['product'] },
        cells: {
          kind: 'text',
          value: 'TEXT',
          about: 'only cells whose name contains it, such as "A/A" or "×4, 600/min"',
          allowed: 'a part of the name of a cell',
        },
        trace: {
          kind: 'text',
          value: 'FILE',
          about: 'a recorded canary as CSV or JSON Lines (see sluice judge) in place of the simulated ones',
          allowed: 'a file that can be read',
        },
        json: { kind: 'switch', about: 'the figures as JSON on standard output' },
        markdown: { kind: 'text', value: 'FILE', about: 'the tables of bench/judge/README.md', allowed: 'a file to write' },
        svg: { kind: 'text', value: 'FILE', about: 'a plot: false aborts against bad requests served', allowed: 'a file to write' },
      },
    },
    ({ values: { cells } }) =>
      named(cells).length > 0
        ? []
        : [
            problemLine('--cells', {
              seen: `"${cells}"`,
              allowed: 'a part of the name of a cell, such as "A/A" or "×4, 600/min"',
              mend: `Write such a part; one name is "${CELLS[0]?.name}".`,
            }),
          ],
  )
  return {
    ...values,
    slowRuns: values['slow-runs'],
    rules: values.only === 'product' ? sluice : [...sluice, ...thresholds, zTest, ...kayenta],
    cells: named(values.cells),
  }
}

function named(text = ''): readonly Cell[] {
  return CELLS.filter(({ name }) => name.includes(text))
}

function recorded(file: string, rules: readonly Rule[]): Row {
  const text = (() => {
    try {
      return readFileSync(file, 'utf8')
    } catch (cause) {
      const seen = cause instanceof Error ? cause.message : file
      throw usageFailure({
        code: 'unreadable',
        place: '--trace',
        seen,
        allowed: 'a file that can be read',
        mend: 'Name a recorded canary.',
      })
    }
  })()
  const trace = readTrace(file, text).map(({ minute }) => ({ minute, excess: 0 }))
  return { cell: { ...cell({}), name: file }, figures: rules.map((rule) => figuresOf(rule, [trace])) }
}

function run({ runs, slowRuns, rules, cells, trace, json, svg, markdown: file }: ReturnType<typeof options>): number {
  const say = (text: string) => json || console.log(`${text}\n`)
  if (trace !== undefined) {
    const row = recorded(trace, rules)
    if (json) console.log(JSON.stringify(row, null, 2))
    else console.log(found(row))
    return 0
  }
  const rows = cells.map((one) => {
    const row = measure(one, CELLS.indexOf(one), rules, runs, Math.min(runs, slowRuns))
    say(one.kind === 'aa' ? falseAborts(row) : found(row))
    return row
  })
  const costs = cells.length === CELLS.length ? severalMetrics(Math.min(runs, 500)) : []
  if (costs.length > 0) say(severalMetricsTable(costs))
  const missed = missedTargets(rows)
  if (svg !== undefined) writeFileSync(svg, plot(rows))
  if (file !== undefined) writeFileSync(file, `${markdown(rows)}\n`)
  if (json) console.log(JSON.stringify({ rows, severalMetrics: costs, missed }, null, 2))
  else if (runs < ENOUGH_RUNS) console.log(`${runs} runs are too few to hold against the targets: they are judged from ${ENOUGH_RUNS} on`)
  else console.log(missed.length === 0 ? 'all targets met' : `missed:\n${missed.map((one) => `  ${one}`).join('\n')}`)
  return missed.length === 0 ? 0 : 1
}

try {
  process.exitCode = run(options())
} catch (error) {
  if (error instanceof CommandFailure) console.error(failureText('bench:judge', error.objection))
  else throw error
  process.exitCode = 2
}
