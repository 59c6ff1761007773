// `npm run test:histories -- [--steps N] [--seed N] [--rule NAME] [--from N] [--json] [--mutants [NAME …]]`
//
// Plays random histories over the real rebalance, apply and reconcile, watched by the rules. The first violation is shrunk and told.
// Exit codes: 0 no rule broke (with --mutants: every mutant was found), 1 one did (one was not), 2 the command line is wrong.
import { parseArgs } from 'node:util'
import { type LongRun, longRun } from './long-run.ts'
import { hunt } from './mutants.ts'
import { rules } from './rules/index.ts'
import { shrink } from './shrink.ts'
import { storyOf } from './story.ts'

const PROGRESS_SECONDS = 10

const { values, positionals } = parseArgs({
  options: {
    steps: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    rule: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const names = rules.map(({ name }) => name)
const unknown = values.rule.filter((name) => !names.includes(name))
if (unknown.length > 0) refuse(`--rule ${unknown.join(', ')}: allowed are ${names.join(', ')}`)
const whole = (name: 'steps' | 'seed' | 'from') => {
  const number = Number(values[name])
  if (!Number.isSafeInteger(number) || number < 0) refuse(`--${name} ${values[name]}: allowed are whole numbers from 0`)
  return number
}
const [steps, seed, from] = [whole('steps'), whole('seed'), whole('from')]

if (values.mutants) {
  process.exitCode = (await hunt({ steps, seed, names: positionals, isJson: values.json })) ? 0 : 1
} else {
  const chosen = rules.filter(({ name }) => values.rule.length === 0 || values.rule.includes(name))
  let saidAt = performance.now()
  const run = await longRun({
    steps,
    seed,
    from,
    rules: chosen,
    progress: (done, histories) => {
      if (performance.now() - saidAt < PROGRESS_SECONDS * 1000) return
      saidAt = performance.now()
      console.error(`${done} steps in ${histories} histories, no rule broken`)
    },
  })
  const { violation } = run
  const rule = rules.find(({ name }) => name === violation?.rule)
  const smallest = violation === undefined || rule === undefined ? undefined : await shrink(violation.found, rule)
  const story = smallest === undefined || rule === undefined ? [] : await storyOf(smallest, [rule])
  if (values.json) console.log(JSON.stringify({ ...run, violation: violation && { ...violation, found: smallest, story } }))
  else report(run, story)
  process.exitCode = violation === undefined ? 0 : 1
}

function report({ steps: done, histories, seconds, counts, violation }: LongRun, story: readonly string[]): void {
  for (const [what, times] of Object.entries(counts)) console.log(`${String(times).padStart(9)}  ${what}`)
  console.log(`${done} steps in ${histories} histories in ${seconds.toFixed(1)} s: ${Math.round(done / seconds)} steps/s`)
  if (violation === undefined) {
    console.log('no rule was broken')
    return
  }
  console.log(`\nhistory ${violation.history} of seed ${seed} breaks ${violation.rule}: ${violation.sentence}`)
  console.log(`again: npm run test:histories -- --seed ${seed} --from ${violation.history} --rule ${violation.rule}\nshrunk:\n`)
  for (const line of story) console.log(line)
}

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}
