// A short run of random histories in the suite; `npm run test:histories -- --steps 1000000 --seed N` is the long one.
import { beforeAll, expect, test } from 'vitest'
import { type LongRun, longRun } from './long-run.ts'
import { rules } from './rules/index.ts'

const STEPS = 6_000
const SEED = 20_261_123

let run: LongRun

beforeAll(async () => {
  run = await longRun({ steps: STEPS, seed: SEED, rules })
}, 120_000)

test('random histories: no rule is broken', () => {
  expect(run.violation).toBeUndefined()
  expect(run.steps).toBeGreaterThanOrEqual(STEPS)
})

/** What has to have happened, so that "no rule is broken" says something. The figures are some way below what this seed does. */
const EFFECTIVE: Readonly<Record<string, number>> = {
  'runs (tick)': 3_000,
  'runs (sweep)': 150,
  'broken plans': 80,
  writes: 350,
  'writes (initial)': 60,
  'writes (signal)': 100,
  'writes (probe)': 30,
  'writes (override)': 80,
  'writes (panic)': 5,
  'writes (repair)': 15,
  'writes (rollback)': 1,
  'decisions adopted': 250,
  conflicts: 10,
  crashes: 15,
  pauses: 10,
  'late writers': 1,
  races: 15,
  'late events dropped': 8,
  'failovers begun': 90,
  recoveries: 80,
  brownouts: 40,
  drifts: 100,
  blackouts: 60,
  nonsense: 20,
  'operators (drain)': 15,
  'operators (undrain)': 8,
  'operators (pin)': 20,
  'operators (unpin)': 8,
  'operators (pause)': 10,
  'operators (resume)': 6,
  'operators (rollback)': 10,
  'hand edits': 50,
  throttles: 3,
  lostAnswers: 3,
  listFailures: 1,
  'losses of the table': 30,
  redeployments: 10,
  'good plans kept': 60,
  'health checks removed': 4,
  'outcomes (refused)': 80,
  'outcomes (already)': 10,
  'outcomes (looked)': 60,
}

test('random histories: every kind of effective step happened', () => {
  const lacking = Object.entries(EFFECTIVE).filter(([what, least]) => (run.counts[what] ?? 0) < least)
  expect(lacking.map(([what, least]) => `${what}: ${run.counts[what] ?? 0} of at least ${least}`)).toEqual([])
})
