// `npm run bench:judge`: the judge against its competitors on the same traces. Exit 1 when a target is missed, 2 when it was called wrongly.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CommandFailure, failureText } from '#cli/failure.ts'
import { readTrace } from '#cli/judge/read-trace.ts'
import { CELLS, cell } from './cells.ts'
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

const USAGE = `npm run bench:judge -- [--runs N] [--slow-runs N] [--only product] [--cells TEXT] [--trace FILE] [--json] [--svg FILE]
  --runs N        canaries for each cell, 20 to 20000; 1000 unless told
  --slow-runs N   of these, how many Kayenta's rules judge, 20 to 20000; 100 unless told
  --only product  without the competitors
  --cells TEXT    only cells whose name contains it, such as "A/A" or "×4, 600/min"
  --trace FILE    a recorded canary as CSV or JSON Lines (see sluice judge) in place of the simulated ones
  --json          the figures as JSON on standard output
  --svg FILE      a plot: false aborts against bad requests served`

class CallerError extends Error {
  override readonly name = 'CallerError'
}

function options() {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000' },
      'slow-runs': { type: 'string', default: '100' },
      only: { type: 'string' },
      cells: { type: 'string', default: '' },
      trace: { type: 'string' },
      json: { type: 'boolean', default: false },
      svg: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  if (values.only !== undefined && values.only !== 'product') throw new CallerError(`--only: saw "${values.only}"; allowed: product`)
  const cells = CELLS.filter(({ name }) => name.includes(values.cells))
  if (cells.length === 0) throw new CallerError(`--cells: saw "${values.cells}", which no cell has in its name; one is "${CELLS[0]?.name}"`)
  return {
    ...values,
    runs: whole('--runs', values.runs),
    slowRuns: whole('--slow-runs', values['slow-runs']),
    rules: values.only === 'product' ? sluice : [...sluice, ...thresholds, zTest, ...kayenta],
    cells,
  }
}

function whole(flag: string, text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (value < 20 || value > 20_000) throw new CallerError(`${flag}: saw "${text}"; allowed: a whole number from 20 to 20000`)
  return value
}

function recorded(file: string, rules: readonly Rule[]): Row {
  const text = (() => {
    try {
      return readFileSync(file, 'utf8')
    } catch (cause) {
      throw new CallerError(`--trace: ${cause instanceof Error ? cause.message : file}; allowed: a file that can be read`)
    }
  })()
  const trace = readTrace(file, text).map(({ minute }) => ({ minute, excess: 0 }))
  return { cell: { ...cell({}), name: file }, figures: rules.map((rule) => figuresOf(rule, [trace])) }
}

function run({ runs, slowRuns, rules, cells, trace, json, svg }: ReturnType<typeof options>): number {
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
  if (json) console.log(JSON.stringify({ rows, severalMetrics: costs, missed }, null, 2))
  else if (runs < ENOUGH_RUNS) console.log(`${runs} runs are too few to hold against the targets: they are judged from ${ENOUGH_RUNS} on`)
  else console.log(missed.length === 0 ? 'all targets met' : `missed:\n${missed.map((one) => `  ${one}`).join('\n')}`)
  return missed.length === 0 ? 0 : 1
}

try {
  process.exitCode = run(options())
} catch (error) {
  if (error instanceof CommandFailure) console.error(failureText('bench:judge', error.objection))
  else if (error instanceof CallerError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true)
    console.error(`${(error as Error).message}\n\n${USAGE}`)
  else throw error
  process.exitCode = 2
}
