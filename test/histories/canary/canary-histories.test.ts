// A short run of random histories of canaries in the suite; `npm run test:histories -- --canary --steps 1000000 --seed N` is the long one.
import { beforeAll, expect, test } from 'vitest'
import { type CanaryRun, canaryLongRun } from './long-run.ts'
import { canaryRules } from './rules/index.ts'

const STEPS = 1_600
const SEED = 20_261_123

let run: CanaryRun

beforeAll(async () => {
  run = await canaryLongRun({ steps: STEPS, seed: SEED, rules: canaryRules })
}, 60_000)

test('random histories of canaries: no rule is broken', () => {
  expect(run.violation).toBeUndefined()
  expect(run.steps).toBeGreaterThanOrEqual(STEPS)
})

/** What has to have happened, so that "no rule is broken" says something. The figures are some way below what this seed does. */
const EFFECTIVE: Readonly<Record<string, number>> = {
  'advances (abort)': 2,
  'advances (approve)': 3,
  'advances (begin)': 18,
  'advances (died)': 2,
  'advances (finish)': 12,
  'advances (judge)': 139,
  'advances (promote)': 4,
  'advances (resume)': 2,
  'advances (settle)': 155,
  'advances (shift)': 21,
  crashes: 4,
  duplicates: 7,
  'executions stopped': 3,
  'orders between': 1,
  'phases (baking)': 147,
  'phases (ended)': 15,
  'phases (lastBake)': 11,
  'phases (promoting)': 21,
  'phases (rollingBack)': 41,
  'phases (settling)': 108,
  'phases (shifting)': 18,
  'starts (provider)': 7,
  'starts (version)': 32,
}

test('random histories of canaries: every kind of effective step happened', () => {
  const lacking = Object.entries(EFFECTIVE).filter(([what, least]) => (run.counts[what] ?? 0) < least)
  expect(lacking.map(([what, least]) => `${what}: ${run.counts[what] ?? 0} of at least ${least}`)).toEqual([])
})
