// `npm run prove [-- [--only] NAME …] [--json]`: takes each rule out of a scratch copy, and shows the test that notices.
//
// A patch `<rule>.patch`, or `<rule>--<what>.patch`, removes one rule. It has to apply, to pass the type check, to break at least one
// test whose name holds the rule's name, and to leave nine tenths of the suite green: a patch that breaks everything proves nothing.
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { failingTests, type Mutant, mutants, type Scratch, scratchCopy, suiteSize } from './scratch.ts'

type Proof = {
  readonly mutant: string
  readonly rule: string
  readonly caughtBy: string | undefined
  readonly failing: number
  readonly problem?: string
}

/** @returns the exit code: 0 all noticed, 1 some missed */
function main(): number {
  const all = mutants('test/mutants')
  const names = [...new Set(all.flatMap(({ name, rule }) => [name, rule]))]
  const { values, words } = flagsOrExit({
    name: 'npm run prove',
    words: { value: 'NAME', about: 'only these mutants, or those of these rules', choices: names },
    flags: {
      only: {
        kind: 'text',
        isMany: true,
        value: 'NAME',
        about: 'the same as NAME without the flag',
        allowed: names.join(', '),
        choices: names,
      },
      json: { kind: 'switch', about: 'the proofs as JSON' },
    },
  })
  const only = [...words, ...values.only]
  const chosen = all.filter(({ name, rule }) => only.length === 0 || only.includes(name) || only.includes(rule))
  const scratch = scratchCopy()
  try {
    const size = suiteSize(scratch.run)
    const proofs = chosen.map((mutant) => {
      const proof = prove(mutant, scratch, size)
      if (!values.json) console.log(line(proof, size))
      return proof
    })
    const missed = proofs.filter(({ problem }) => problem !== undefined)
    if (values.json) console.log(JSON.stringify(proofs))
    else console.log(`${proofs.length - missed.length} of ${proofs.length} rules, taken out, were noticed by a test named after them`)
    return missed.length === 0 ? 0 : 1
  } finally {
    scratch.remove()
  }
}

function line({ mutant, problem, caughtBy, failing }: Proof, size: number): string {
  return problem === undefined ? `caught  ${mutant}: ${caughtBy} (${failing} of ${size} fail)` : `MISSED  ${mutant}: ${problem}`
}

function prove(mutant: Mutant, scratch: Scratch, size: number): Proof {
  const { name, rule } = mutant
  const nothing = { mutant: name, rule, caughtBy: undefined, failing: 0 }
  const applied = scratch.run('git', ['apply', '--whitespace=nowarn', mutant.path])
  if (applied.status !== 0) return { ...nothing, problem: `does not apply: ${applied.stderr.trim().split('\n')[0]}` }
  try {
    const types = scratch.run('tsc', ['-p', '.', '--incremental', '--tsBuildInfoFile', 'mutant.tsbuildinfo'])
    if (types.status !== 0) return { ...nothing, problem: `does not pass the type check: ${types.stdout.split('\n')[0]}` }
    const { tests: failing, notLoaded } = failingTests(scratch, mutant.files)
    // At the beginning of a word: "settled" is not a test of the TTL.
    const isNamed = new RegExp(`(^|[^a-z])${rule}([^a-z]|$)`)
    const named = failing.find((test) => isNamed.test(test.toLowerCase().replaceAll(' ', '-')))
    const outcome = { mutant: name, rule, caughtBy: named, failing: failing.length }
    if (notLoaded.length > 0) return { ...outcome, problem: `these test files do not load any more: ${notLoaded.join(', ')}` }
    if (failing.length === 0) return { ...outcome, problem: 'no test fails' }
    if (named === undefined)
      return { ...outcome, problem: `no failing test is named after "${rule}"; failing: ${failing.slice(0, 3).join(' | ')}` }
    if (failing.length > size / 10) return { ...outcome, problem: `${failing.length} of ${size} tests fail: more than a tenth` }
    return outcome
  } finally {
    scratch.run('git', ['apply', '-R', '--whitespace=nowarn', mutant.path])
  }
}

try {
  process.exitCode = main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
