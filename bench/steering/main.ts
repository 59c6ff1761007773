// `npm run bench:steering`: the control law against its competitors and the optimum. Exit 1 when a target is missed, 2 when it was called wrongly.
import { writeFileSync } from 'node:fs'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { competitors } from './controllers/competitors.ts'
import type { Row } from './evaluate.ts'
import { evaluateAll } from './evaluate-all.ts'
import { listed } from './listed.ts'
import { missedByEvents, missedBySummary, missedTargets, PRODUCT, STATIC, summary } from './missed-targets.ts'
import { own } from './own.ts'
import { plot } from './plot.ts'
import { randomScenario } from './random-scenarios.ts'
import { readScenarios, ScenarioFileError } from './read-scenarios.ts'
import type { Scenario } from './scenario.ts'
import { rowTable, summaryTable } from './table.ts'
import type { Task } from './worker.ts'

type Options = { scenarios: readonly Scenario[]; random: number; first: number; isQuick: boolean; isJson: boolean; svg: string | undefined }

const seeds = { kind: 'number', from: 0, to: 999_999, isWhole: true, allowed: 'a whole number from 0 to 999999' } as const

function options(): Options {
  const { values } = flagsOrExit({
    name: 'npm run bench:steering',
    flags: {
      scenarios: {
        kind: 'text',
        value: 'FILE',
        about: 'these scenarios instead of the listed, the own and the random ones (bench/steering/README.md)',
        allowed: 'the path of a JSON or CSV file',
      },
      random: { ...seeds, about: 'how many random scenarios; 240, or with --scenarios 0, unless told' },
      first: { ...seeds, about: 'seed of the first of them', default: 1 },
      only: {
        kind: 'text',
        value: 'product',
        about: 'the product and static weights only: several times faster',
        allowed: 'product',
        choices: ['product'],
      },
      json: { kind: 'switch', about: 'the figures as JSON on standard output' },
      svg: { kind: 'text', value: 'FILE', about: 'a plot of the scenarios', allowed: 'the path of the file to write' },
    },
  })
  return {
    scenarios: values.scenarios === undefined ? [...listed, ...own] : readScenarios(values.scenarios),
    random: values.random ?? (values.scenarios === undefined ? 240 : 0),
    first: values.first,
    isQuick: values.only === 'product',
    isJson: values.json,
    svg: values.svg,
  }
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
  missed.push(...missedByEvents(rows, listed))
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
  if (!(error instanceof ScenarioFileError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
