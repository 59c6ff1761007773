// `npm run bench:steering`: the control law against its competitors and the optimum. Exit 1 when a target is missed, 2 when it was called wrongly.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { competitors } from './controllers/competitors.ts'
import type { Row } from './evaluate.ts'
import { evaluateAll } from './evaluate-all.ts'
import { listed } from './listed.ts'
import { missedBySummary, missedTargets, PRODUCT, STATIC, summary } from './missed-targets.ts'
import { own } from './own.ts'
import { plot } from './plot.ts'
import { randomScenario } from './random-scenarios.ts'
import { readScenarios, ScenarioFileError } from './read-scenarios.ts'
import type { Scenario } from './scenario.ts'
import { rowTable, summaryTable } from './table.ts'
import type { Task } from './worker.ts'

const USAGE = `npm run bench:steering -- [--scenarios FILE] [--random N] [--first SEED] [--only product] [--json] [--svg FILE]
  --scenarios FILE  these scenarios instead of the listed, the own and the random ones (bench/steering/README.md)
  --random N        how many random scenarios, 0 or more; 240 unless told
  --first SEED      seed of the first of them; 1 unless told
  --only product    the product and static weights only: several times faster
  --json            the figures as JSON on standard output
  --svg FILE        a plot of the scenarios`

type Options = { scenarios: readonly Scenario[]; random: number; first: number; isQuick: boolean; isJson: boolean; svg: string | undefined }

function options(): Options {
  const { values } = parseArgs({
    options: {
      scenarios: { type: 'string' },
      random: { type: 'string' },
      first: { type: 'string', default: '1' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      svg: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  if (values.only !== undefined && values.only !== 'product') throw new ScenarioFileError(`--only: saw "${values.only}"; allowed: product`)
  return {
    scenarios: values.scenarios === undefined ? [...listed, ...own] : readScenarios(values.scenarios),
    random: whole('--random', values.random ?? (values.scenarios === undefined ? '240' : '0')),
    first: whole('--first', values.first),
    isQuick: values.only === 'product',
    isJson: values.json,
    svg: values.svg,
  }
}

function whole(flag: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new ScenarioFileError(`${flag}: saw "${text}"; allowed: a whole number from 0 to 999999`)
  return Number(text)
}

async function run({ scenarios, random, first, isQuick, isJson, svg }: Options): Promise<number> {
  const controllers = competitors.map(({ name }) => name).filter((name) => !isQuick || name === PRODUCT || name === STATIC)
  const say = (text: string) => isJson || console.log(`${text}\n`)
  const missed: string[] = []
  const chosen = scenarios.flatMap((scenario) => scenario.timings.map((timing): Task => ({ scenario, timing, controllers })))
  const rows = await evaluateAll(chosen, (row, index) => {
    missed.push(...missedIn(chosen, row, index))
    say(rowTable(row))
  })
  // One moment per scenario: there are many scenarios.
  const drawn = Array.from({ length: random }, (_, i) => randomScenario(first + i)).flatMap((scenario, i) =>
    scenario.timings.map((timing): Task => ({ scenario, timing, controllers, phases: [(first + i) % scenario.phases] })),
  )
  const randomRows = await evaluateAll(drawn, (row, index) => missed.push(...missedIn(drawn, row, index)))
  const summaries = randomRows.length === 0 ? [] : controllers.map((name) => summary(randomRows, name))
  if (summaries.length > 0) say(summaryTable(random, summaries))
  missed.push(...summaries.filter(({ controller }) => controller === PRODUCT).flatMap((own) => missedBySummary(own, randomRows.length)))
  if (svg !== undefined) writeFileSync(svg, plot(rows))
  if (isJson) console.log(JSON.stringify({ rows, random: { rows: randomRows, summaries }, missed }, null, 2))
  else console.log(missed.length === 0 ? 'all targets met' : `missed:\n${missed.map((one) => `  ${one}`).join('\n')}`)
  return missed.length === 0 ? 0 : 1
}

function missedIn(tasks: readonly Task[], row: Row, index: number): string[] {
  const task = tasks[index]
  return task === undefined ? [] : missedTargets(task.scenario, task.scenario.timings.indexOf(task.timing), row)
}

try {
  process.exitCode = await run(options())
} catch (error) {
  const isCallers = error instanceof ScenarioFileError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true
  if (!isCallers) throw error
  console.error(`${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 2
}
