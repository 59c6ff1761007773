// What is shown of versions and of a canary follows the records, the clients and the control row.
import { expect, it } from 'vitest'
import { canaryView, versionViews } from '#local/world/canary-view.ts'
import { createWindowCounter } from '#local/world/window-counts.ts'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

async function aWorldAtItsFirstStep(strategy: object = QUICK) {
  const configuration = aCanaryConfiguration(strategy)
  const world = await aSteadyWorld(configuration)
  await world.start()
  await world.pass(8)
  const row = await world.row()
  if (row === undefined) throw new Error('no row')
  return { world, row, configuration }
}

it('versions are shown with what is wanted, what DNS answers and what clients did', async () => {
  const { world, row, configuration } = await aWorldAtItsFirstStep()
  const records = world.zone.standing.members.map(({ setIdentifier, type, weight }) => ({ setIdentifier, type, weight }))
  const plane = { recordSets: () => records, isHealthy: () => true } as unknown as Parameters<typeof versionViews>[3]
  const window = createWindowCounter()
  const base = { providers: {}, unresolved: 0, dnsQueries: 0, demand: 40, inFlight: 0 }
  window.add(0, { ...base, versions: {} })
  window.add(60, { ...base, versions: { 'media 1.0.8': { sent: 900, failed: 0 }, 'media 1.0.9': { sent: 100, failed: 5 } } })
  const [policy] = configuration.hostnames
  if (policy === undefined) throw new Error('no hostname')
  const views = versionViews(policy, configuration.providers, row, plane, window.lastMinute())
  expect(views.map(({ version, wantedShare, measuredShare, failedRatio }) => [version, wantedShare, measuredShare, failedRatio])).toEqual([
    ['1.0.8', 0.9, 0.9, 0],
    ['1.0.9', 0.1, 0.1, 0.05],
  ])
  expect(views[1]?.answeredShare).toBeCloseTo(0.1, 2)
})

it('a canary at a gate says so, with its evidence and its next look', async () => {
  const { world, row } = await aWorldAtItsFirstStep({ ...QUICK, gates: [{ atPercent: 10 }] })
  expect(canaryView(row, world.now())).toMatchObject({
    ...{ hostname: HOSTNAME, name: 'media 1.0.9', phase: 'baking', step: 0, isGate: true, isHeld: false, next: 'Bake' },
    evidence: {
      ...{ limit: expect.closeTo(Math.log(100), 2), passLimit: expect.closeTo(Math.log(20), 2) },
      metrics: [{ name: 'failures', limit: expect.closeTo(Math.log(100), 2), passLimit: expect.closeTo(Math.log(20), 2) }],
    },
    shifted: undefined,
    timeToVerdict: { ratio: 4 },
  })
})

it('a provider canary says which part of its share is wanted', async () => {
  const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, minDwellMinutes: 30 }))
  await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
  await world.pass(8)
  const row = await world.row()
  if (row === undefined) throw new Error('no row')
  const view = canaryView(row, world.now())
  expect(view).toMatchObject({
    shifted: { provider: 'hetzner', part: 0.9 },
    observedShare: expect.closeTo(world.shareOf('1.0.8', 'hetzner'), 1),
  })
})

it('where there was no canary there is none to show', async () => {
  const { row } = await aWorldAtItsFirstStep()
  const { canary: _, ...rest } = row
  expect(canaryView(rest, 0)).toBeUndefined()
})
