// Without rebalance nobody decides, writes or explains: every story whose point is the controller must then fail, whatever traffic did.
import { expect, it } from 'vitest'
import { checkExpectations } from '#local/scenario/check-expectations.ts'
import { findScenario, scenarioNames } from '#local/scenario/find-scenario.ts'
import { highestDemand } from '#local/scenario/run-scenario.ts'
import { aRecording } from './a-recording.ts'

/** Their point is that nothing is done. */
const WITHOUT_CONTROLLER_TOO = ['steady']
const BITING = (await scenarioNames()).filter((name) => !WITHOUT_CONTROLLER_TOO.includes(name))
/** Nobody asks for anything, so clients measure nothing. */
const WITHOUT_CLIENTS = ['canary-no-traffic']
const measures = (name: string) => !WITHOUT_CLIENTS.includes(name)

// `npm run scenarios -- --bites` runs them without the controller and shows that these lines fail.
it.each(BITING.filter(measures))('%s measures at the clients what the controller is worth', async (name) => {
  const { expect: expectations } = await findScenario(name)
  const biting = expectations.filter(({ bites }) => bites)
  expect(biting.length).toBeGreaterThan(0)
  for (const { failed, share, versionShare } of biting)
    expect(failed !== undefined || (share ?? versionShare)?.of === 'measured').toBe(true)
})

it.each(WITHOUT_CLIENTS)('%s has nobody who could measure', async (name) => {
  expect(highestDemand(await findScenario(name))).toBe(0)
})

it.each(WITHOUT_CONTROLLER_TOO)('%s is the same without the controller', async (name) => {
  expect((await findScenario(name)).expect.filter(({ bites }) => bites)).toEqual([])
})

it.each(BITING)('%s expects what the controller alone can do', async (name) => {
  const scenario = await findScenario(name)
  const seen = aRecording(scenario.lasts, () => ({ awsShare: 0.5, failedOfHetzner: 0 }), { firstEditAt: 60 })
  const samples = seen.samples.map((sample) => ({
    ...sample,
    providers: Object.fromEntries(
      Object.entries(sample.providers).map(([key, one]) => [key, { ...one, condition: undefined, wanted: undefined }]),
    ),
  }))
  const needs = scenario.expect.filter(
    ({ condition, writes, sentence, outcome }) => (condition ?? sentence ?? outcome) !== undefined || (writes?.atLeast ?? 0) > 0,
  )
  const checked = checkExpectations({ expect: needs, lasts: scenario.lasts }, { ...seen, samples })
  expect(checked.length).toBeGreaterThan(0)
  expect(checked.filter(({ isMet }) => isMet)).toEqual([])
})
