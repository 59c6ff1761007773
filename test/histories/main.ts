// `npm run test:histories -- [--canary] [--steps N] [--seed N] [--rule NAME] [--from N] [--json] [--mutants [NAME …]]`
//
// Plays random histories over the real rebalance, apply and reconcile, or with --canary over begin, step, judge and reconcile as well, watched by
// the rules. The first violation is shrunk and told.
// Exit codes: 0 no rule broke (with --mutants: every mutant was found), 1 one did (one was not), 2 the command line is wrong.
import { problemLine } from '#config/problem.ts'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { mutants } from '#test/mutants/scratch.ts'
import { canaryLongRun } from './canary/long-run.ts'
import { canaryRules } from './canary/rules/index.ts'
import { shrinkCanary } from './canary/shrink.ts'
import { canaryStoryOf } from './canary/story.ts'
import { longRun } from './long-run.ts'
import { hunt } from './mutants.ts'
import { rules } from './rules/index.ts'
import { shrink } from './shrink.ts'
import { storyOf } from './story.ts'

const PROGRESS_SECONDS = 10

const whole = (about: string, standing: number) =>
  ({
    kind: 'number',
    about,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    isWhole: true,
    allowed: 'a whole number from 0',
    default: standing,
  }) as const
const names = [...new Set([...rules, ...canaryRules].map(({ name }) => name))]
const { values, words } = flagsOrExit(
  {
    name: 'npm run test:histories',
    words: {
      value: 'MUTANT',
      about: 'with --mutants: only these, or those of these rules',
      choices: mutants('test/mutants').flatMap(({ name, rule }) => [name, rule]),
    },
    flags: {
      steps: whole('how many steps in all', 100_000),
      seed: whole('of the first history', 1),
      from: whole('the number of the first history', 0),
      rule: {
        kind: 'text',
        isMany: true,
        value: 'NAME',
        about: 'watch only this rule; may be given again',
        allowed: names.join(', '),
        choices: names,
      },
      canary: { kind: 'switch', about: 'histories of canaries' },
      json: { kind: 'switch', about: 'the outcome as JSON' },
      mutants: { kind: 'switch', about: 'take each rule out and see that a history notices' },
    },
  },
  (read) =>
    read.words.length === 0 || read.values.mutants
      ? []
      : [problemLine('MUTANT', { seen: read.words.join(', '), allowed: 'with --mutants', mend: 'Add --mutants.' })],
)
const { steps, seed, from } = values

if (values.mutants) {
  process.exitCode = (await hunt({ steps, seed, names: words, isJson: values.json })) ? 0 : 1
} else {
  const { outcome, smallest, story } = values.canary ? await runCanaries() : await runWeights()
  const { violation } = outcome
  if (values.json) console.log(JSON.stringify({ ...outcome, violation: violation && { ...violation, found: smallest, story } }))
  else report(outcome, story)
  process.exitCode = violation === undefined ? 0 : 1
}

type Outcome = {
  readonly steps: number
  readonly histories: number
  readonly seconds: number
  readonly counts: Readonly<Record<string, number>>
  readonly violation: { readonly rule: string; readonly sentence: string; readonly history: number } | undefined
}

async function runWeights() {
  const outcome = await longRun({ steps, seed, from, rules: chosenOf(rules), progress: progress() })
  const rule = rules.find(({ name }) => name === outcome.violation?.rule)
  const smallest = outcome.violation === undefined || rule === undefined ? undefined : await shrink(outcome.violation.found, rule)
  return { outcome, smallest, story: smallest === undefined || rule === undefined ? [] : await storyOf(smallest, [rule]) }
}

async function runCanaries() {
  const outcome = await canaryLongRun({ steps, seed, from, rules: chosenOf(canaryRules), progress: progress() })
  const rule = canaryRules.find(({ name }) => name === outcome.violation?.rule)
  const smallest = outcome.violation === undefined || rule === undefined ? undefined : await shrinkCanary(outcome.violation.found, rule)
  return { outcome, smallest, story: smallest === undefined || rule === undefined ? [] : await canaryStoryOf(smallest, [rule]) }
}

function chosenOf<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  return all.filter(({ name }) => values.rule.length === 0 || values.rule.includes(name))
}

function progress() {
  let saidAt = performance.now()
  return (done: number, histories: number) => {
    if (performance.now() - saidAt < PROGRESS_SECONDS * 1000) return
    saidAt = performance.now()
    console.error(`${done} steps in ${histories} histories, no rule broken`)
  }
}

function report({ steps: done, histories, seconds, counts, violation }: Outcome, story: readonly string[]): void {
  for (const [what, times] of Object.entries(counts)) console.log(`${String(times).padStart(9)}  ${what}`)
  console.log(`${done} steps in ${histories} histories in ${seconds.toFixed(1)} s: ${Math.round(done / seconds)} steps/s`)
  if (violation === undefined) {
    console.log('no rule was broken')
    return
  }
  const kind = values.canary ? '--canary ' : ''
  console.log(`\nhistory ${violation.history} of seed ${seed} breaks ${violation.rule}: ${violation.sentence}`)
  console.log(`again: npm run test:histories -- ${kind}--seed ${seed} --from ${violation.history} --rule ${violation.rule}\nshrunk:\n`)
  for (const line of story) console.log(line)
}
