// Takes each rule out of a scratch copy and shows that the histories notice, with the bad state they end in.
import { type Mutant, mutants, scratchCopy } from '#test/mutants/scratch.ts'

/** Rules of the guards that histories watch under another name. */
const SAME_RULE: Readonly<Record<string, string>> = {
  'missing-data': 'fail-static',
  paused: 'pause',
  'capacity-capped-failover': 'capacity-capped',
  'zero-means-what-policy-says': 'zero-means',
}

/** Mutants that no history can tell, and why. Asked for by name they are tried all the same. */
const NOT_COVERED: Readonly<Record<string, string>> = {
  'freeze-window': 'the strategies of the histories have no freeze windows',
  'judged-alone': 'no rule of the histories says what is bad without a control',
  preflight: 'the strategies of the histories name no alarms',
  'n-minus-1': 'the policies of the histories leave nMinusOne at report',
  'n-minus-1--before': 'the policies of the histories leave nMinusOne at report',
  'gate-check': 'the strategies of the histories ask no function',
  'preflight--check': 'the strategies of the histories ask no function',
  'alarm-guard': 'the strategies of the histories name no alarms',
  'no-promotion-on-missing-data--metric': 'the histories judge failures alone, and no second metric can be missing',
  'single-flight--superseded': 'the histories have two versions, and so none that could supersede the newer one',
  'read-only': 'what a role is granted is no part of a history',
  replayable:
    'a run that dies with its row taken on leaves a minute unwritten only if it dies just between those two calls, and while it judges',
  'replayable--two-runs': 'what the histories publish is the same for every run that asks',
  'replayable--same-row': 'the histories keep the journal in memory, and the condition is that of the table',
  'replayable--again': 'the histories keep the journal in memory, and the keys are those of the table',
  'no-bypass--revert': 'broken-target is asked of the way back of a canary in flight, and a revert comes after its end',
  'fail-static--own-share':
    'random ones seldom leave the others well for an hour beside a silent one: 100,000 steps miss it, the found history of a share leaned twice notices',
  adopted: 'a refused change that is remembered shows only in what the next tick calls a repair, which no rule of the histories judges',
}

/** What is taken out there is for the histories of canaries to notice. */
const OF_CANARIES = ['shared/canary/', 'lambdas/canary/']

function isOfCanaries({ files }: Mutant): boolean {
  return files.every((file) => OF_CANARIES.some((part) => file.startsWith(part)))
}

function notCovered({ name }: Mutant): string | undefined {
  return NOT_COVERED[name]
}

export type Hunt = { readonly steps: number; readonly seed: number; readonly names: readonly string[]; readonly isJson: boolean }

type Finding = {
  readonly mutant: string
  readonly foundBy: string | undefined
  readonly steps: number
  readonly story: readonly string[]
  readonly problem?: string
}

/** True when every chosen mutant was found. Without names: all of them. */
export async function hunt({ steps, seed, names, isJson }: Hunt): Promise<boolean> {
  const all = mutants('test/mutants')
  const isNamed = ({ name, rule }: Mutant) => names.includes(name) || names.includes(rule)
  const chosen = all.filter((mutant) => (names.length === 0 ? notCovered(mutant) === undefined : isNamed(mutant)))
  const scratch = scratchCopy()
  const findings: Finding[] = []
  try {
    for (const mutant of chosen) {
      const finding = find(mutant, steps, seed, scratch.run)
      findings.push(finding)
      if (!isJson) tell(finding)
    }
  } finally {
    scratch.remove()
  }
  const missed = findings.filter(({ foundBy }) => foundBy === undefined)
  if (isJson) console.log(JSON.stringify(findings))
  else {
    for (const mutant of names.length === 0 ? all : []) {
      const why = notCovered(mutant)
      if (why !== undefined) console.log(`not covered by histories: ${mutant.name}: ${why}`)
    }
    console.log(
      `${findings.length - missed.length} of ${findings.length} mutants were found${missed.map(({ mutant }) => `; not ${mutant}`).join('')}`,
    )
  }
  return missed.length === 0
}

/** First by the rule that was taken out; then by any. */
function find(mutant: Mutant, steps: number, seed: number, run: ReturnType<typeof scratchCopy>['run']): Finding {
  const { name, rule, path } = mutant
  const kind = isOfCanaries(mutant) ? ['--canary'] : []
  const nothing: Finding = { mutant: name, foundBy: undefined, steps: 0, story: [] }
  const applied = run('git', ['apply', '--whitespace=nowarn', path])
  if (applied.status !== 0) return { ...nothing, problem: `does not apply: ${applied.stderr.trim().split('\n')[0]}` }
  try {
    const watched = SAME_RULE[rule] ?? rule
    for (const only of [['--rule', watched], []]) {
      const { stdout, status } = run('node', [
        'test/histories/main.ts',
        '--steps',
        `${steps}`,
        '--seed',
        `${seed}`,
        '--json',
        ...kind,
        ...only,
      ])
      if (status !== 0 && status !== 1) continue
      const result = JSON.parse(stdout) as { steps: number; violation?: { rule: string; story: string[] } }
      if (result.violation === undefined) continue
      return { mutant: name, foundBy: result.violation.rule, steps: result.steps, story: result.violation.story }
    }
    return { ...nothing, problem: `no rule was broken in ${steps} steps` }
  } finally {
    run('git', ['apply', '-R', '--whitespace=nowarn', path])
  }
}

function tell({ mutant, foundBy, steps, story, problem }: Finding): void {
  if (foundBy === undefined) console.log(`MISSED ${mutant}: ${problem}\n`)
  else console.log([`found ${mutant} after ${steps} steps, by ${foundBy}:`, ...story.map((line) => `  ${line}`), ''].join('\n'))
}
