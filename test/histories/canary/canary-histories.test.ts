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
  'advances (abort)': 3,
  'advances (approve)': 4,
  'advances (begin)': 21,
  'advances (finish)': 13,
  'advances (hold)': 2,
  'advances (judge)': 178,
  'advances (promote)': 10,
  'advances (settle)': 189,
  'advances (shift)': 31,
  'advances overtaken': 1,
  'budgets spent': 1,
  crashes: 6,
  duplicates: 4,
  'executions stopped': 1,
  'phases (baking)': 182,
  'phases (ended)': 15,
  'phases (lastBake)': 29,
  'phases (promoting)': 42,
  'phases (rollingBack)': 24,
  'phases (settling)': 142,
  'phases (shifting)': 21,
  'starts (provider)': 12,
  'starts (version)': 34,
  'starts between': 1,
}

test('random histories of canaries: every kind of effective step happened', () => {
  const lacking = Object.entries(EFFECTIVE).filter(([what, least]) => (run.counts[what] ?? 0) < least)
  expect(lacking.map(([what, least]) => `${what}: ${run.counts[what] ?? 0} of at least ${least}`)).toEqual([])
})
