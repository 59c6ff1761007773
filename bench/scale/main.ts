// `npm run bench:scale`: what a stage of 1 … 1,000 hostnames asks of AWS. Exit 1 where it asks for more than it may, 2 when it was called wrongly.
import { problemLine } from '#config/problem.ts'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { functionEnvironment } from './environment.ts'
import { installLatency, LATENCY_SECONDS } from './latency.ts'
import { measure, type Size } from './measure.ts'
import { measureLambdas } from './measure-lambda.ts'
import { missed } from './missed.ts'
import { externalDns, octoDns } from './others.ts'
import { callTable, comparison, lambdaTable, timeTable } from './table.ts'
import { installVirtualClock } from './virtual-clock.ts'

/** Any moment: the virtual clock begins there. */
const BEGIN = 1_800_000_000

const options = readOptions()
const say = (text: string) => {
  if (!options.isJson) process.stdout.write(`${text}\n`)
}
const largest = Math.max(...options.hostnames)
const lambdas = options.hasLambdas ? await measureLambdas(largest) : []

Object.assign(process.env, functionEnvironment())
const clock = installVirtualClock(BEGIN)
installLatency(clock)
const sizes: Size[] = []
for (const hostnames of options.hostnames) sizes.push(await measure(clock, hostnames))

const faults = sizes.flatMap(missed)
if (options.isJson) {
  const others = sizes.map(({ hostnames, phases }) =>
    [externalDns(hostnames), octoDns(hostnames)].map(({ name, quiet, change }) => ({
      hostnames,
      name,
      quiet,
      onePercent: change(phases.onePercent.changed),
      full: change(hostnames),
    })),
  )
  process.stdout.write(
    `${JSON.stringify({ latencySeconds: LATENCY_SECONDS, sizes, others: others.flat(), lambdas, missed: faults }, null, 2)}\n`,
  )
} else {
  say(`The handlers of rebalance, apply and reconcile, in one process with the real SDK clients, over HTTP to the in-process AWS with its quotas enforced,
on a virtual clock. Assumed per call: ${latencies()}; the functions' own CPU time is not on this clock.\n`)
  say(timeTable(sizes))
  say(`\n${callTable(sizes.at(-1) as Size)}`)
  say(
    `\nBeside others, requests of one run (computed from their documents, see bench/scale/others.ts); theirs share batches, so one conflict stops its neighbours:`,
  )
  say(comparison(sizes))
  if (lambdas.length > 0) {
    say(`\nOne Lambda at ${largest} hostnames: its bundle in a process of its own, in real time; 512 MB of Lambda are 0.29 of a CPU.`)
    say(lambdaTable(lambdas))
  }
  for (const fault of faults) say(`\nMISSED  ${fault}`)
  if (faults.length === 0) say('\nA quiet tick made no Route 53 call, and a changed hostname exactly one change call, at every size.')
}
process.exit(faults.length === 0 ? 0 : 1)

function latencies(): string {
  return Object.entries(LATENCY_SECONDS)
    .map(([service, seconds]) => `${service} ${seconds * 1000} ms`)
    .join(', ')
}

function readOptions(): { readonly hostnames: readonly number[]; readonly hasLambdas: boolean; readonly isJson: boolean } {
  const allowed = 'whole numbers from 1 to 5000, separated by commas'
  const sizesOf = (text: string) => text.split(',').map(Number)
  const isSize = (count: number) => Number.isInteger(count) && count >= 1 && count <= 5000
  const { values } = flagsOrExit(
    {
      name: 'npm run bench:scale',
      flags: {
        hostnames: { kind: 'text', value: 'N,…', about: 'sizes of the stage, on three providers', allowed, default: '1,10,100,1000' },
        'no-lambdas': { kind: 'switch', about: 'without time and memory of one Lambda, which takes real time' },
        json: { kind: 'switch', about: 'the figures as JSON' },
      },
    },
    ({ values: { hostnames } }) =>
      sizesOf(hostnames).every(isSize)
        ? []
        : [problemLine('--hostnames', { seen: `"${hostnames}"`, allowed, mend: 'Write --hostnames 1,10.' })],
  )
  return { hostnames: sizesOf(values.hostnames), hasLambdas: !values['no-lambdas'], isJson: values.json }
}
