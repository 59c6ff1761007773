// What a start is refused for because it can be read beforehand, each with its reason and nothing written; and alarms, which go on guarding in flight.
import { describe, expect, it } from 'vitest'
import { notReady, preflightQueries } from '#canary/preflight.ts'
import { aCanaryConfiguration, aSteadyWorld, aVersionedProvider, QUICK } from '#test/builders/canary-world.ts'
import { aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { judgeSettings } from '#test/builders/judge.ts'

const refusal = async (world: Awaited<ReturnType<typeof aSteadyWorld>>, input?: object) => {
  const { swap } = world.zone.calls
  const { next, sentence } = await world.start(input)
  expect([next, await world.row(), world.zone.calls.swap]).toEqual(['Done', undefined, swap])
  return sentence
}

/** The refusal for a metric of a version that nobody published, at either provider. */
const hadNoData = (metric: string, version: string) =>
  `refused: ${['aws', 'hetzner']
    .map(
      (provider) =>
        `media 1.0.9: Sluice ${metric} with Stage=test, Provider=${provider}, Service=media, Version=${version} had no data for 15 minutes`,
    )
    .join('; ')}`

describe('preflight: metrics', () => {
  it('that nobody publishes are named with their dimensions, those of both arms', async () => {
    const world = await aSteadyWorld(undefined, { silent: true })
    const sentence = await refusal(world)
    for (const version of ['1.0.8', '1.0.9'])
      expect(sentence).toContain(
        `media 1.0.9: Sluice Requests with Stage=test, Provider=aws, Service=media, Version=${version} had no data for 15 minutes`,
      )
  })

  it('of kind count that nobody publishes are named too, of both arms', async () => {
    const metrics = [{ kind: 'failures' }, { kind: 'count', name: 'timeouts' }]
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, judge: { metrics } }), { counted: { timeouts: { '1.0.8': 0.01 } } })
    expect(await refusal(world)).toBe(hadNoData('timeouts', '1.0.9'))
  })

  it('of latency are looked for where the strategy names its edges', async () => {
    const metrics = [{ kind: 'failures' }, { kind: 'latency', edgesSeconds: [0.1, 0.5] }]
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, judge: { metrics } }))
    expect(await refusal(world)).toBe(hadNoData('Latency', '1.0.8'))
  })

  it('of latency are owed where there were requests, and by the standing version somewhere', () => {
    const configuration = aCanaryConfiguration()
    const [hostname] = configuration.hostnames
    if (hostname === undefined) throw new Error('no hostname')
    const subject = { kind: 'version', service: 'media', version: '1.0.9', from: '1.0.8' } as const
    const settings = judgeSettings({ metrics: [{ kind: 'failures' }, { kind: 'latency' }] })
    const queries = preflightQueries(subject, hostname, configuration, settings)
    const silent = (values: Readonly<Record<string, number>>) =>
      notReady(
        subject,
        hostname,
        { ...queries, checks: [] },
        queries.counts.map(({ query: { id } }) => {
          const value = values[id] ?? (id.includes('latencies') ? undefined : 0)
          return { id, points: value === undefined ? [] : [{ at: 0, value }] }
        }),
      ).map(({ sentence }) => /Latency with .*Provider=(\w+), .*Version=([\d.]+)/.exec(sentence)?.slice(1).join(' ') ?? sentence)
    const oneProvider = { 'control requests aws': 9, 'control latencies aws': 9 }
    expect(silent(oneProvider)).toEqual([])
    expect(silent({ ...oneProvider, 'control requests hetzner': 1 })).toEqual(['hetzner 1.0.8'])
    expect(silent({ ...oneProvider, 'canary requests aws': 1 })).toEqual(['aws 1.0.9'])
    expect(silent({})).toEqual(['aws 1.0.8', 'hetzner 1.0.8'])
  })

  it('that a provider does not count are left out, or, where they are critical, keep it from being shifted', async () => {
    const leaves = { hostname: HOSTNAME, provider: 'hetzner', part: 0 }
    const worldWith = (metric: object) =>
      aSteadyWorld(aCanaryConfiguration({ ...QUICK, judge: { metrics: [{ kind: 'failures' }, metric] } }))
    for (const metric of [
      { kind: 'count', name: 'timeouts' },
      { kind: 'latency', edgesSeconds: [0.1] },
    ]) {
      const world = await worldWith(metric)
      expect((await world.start(leaves)).next).toBe('Shift')
      expect((await world.canary())?.strategy.judge.metrics.map(({ name }) => name)).toEqual(['failures'])
      const strict = await worldWith({ ...metric, critical: true })
      expect(await refusal(strict, leaves)).toMatch(
        /cannot be judged: of a provider only requests and failures are counted; set critical: false/,
      )
    }
  })

  it('of a provider that are no counts cannot be judged', async () => {
    const { providers, ...configuration } = aCanaryConfiguration()
    const [aws, hetzner] = providers
    if (aws === undefined || hetzner === undefined) throw new Error('no providers')
    const world = await aSteadyWorld({ ...configuration, providers: [aws, { ...hetzner, signals: { ...hetzner.signals, errors: null } }] })
    expect(await refusal(world, { hostname: HOSTNAME, provider: 'hetzner', part: 0 })).toContain(
      'hetzner has no signals load and errors with stat Sum: only counts can be judged',
    )
  })
})

describe('preflight: the version', () => {
  it('whose endpoint is red at one provider is not ready', async () => {
    const world = await aSteadyWorld()
    world.red.add('hc-hetzner-1.0.9')
    expect(await refusal(world)).toBe('refused: media 1.0.9: the health check of v1 at hetzner is red')
  })

  it('has no room while all together cannot take the load', async () => {
    const world = await aSteadyWorld()
    Object.assign(world.clouds, { aws: { capacity: 500, load: 480 }, hetzner: { capacity: 300, load: 290 } })
    await world.pass(5)
    expect(await refusal(world)).toMatch(/media 1\.0\.9: no room: all together can take \d+ of 770 requests\/s/)
  })
})

describe('an error budget', () => {
  const budgeted = (failureRatio: number) => aCanaryConfiguration({ ...QUICK, errorBudget: { failureRatio, hours: 6 } })

  it('that is spent lets nothing start, and says how much failed and how much may', async () => {
    const world = await aSteadyWorld(budgeted(0.004))
    await world.pass(55)
    expect(await refusal(world)).toMatch(/the error budget is spent: \d+ of \d+ requests failed in 6 hours, allowed are \d+/)
  })

  it('that is left, or of which nothing is known yet, lets it', async () => {
    const world = await aSteadyWorld(budgeted(0.006))
    await world.pass(55)
    expect((await world.start()).next).toBe('Shift')
    const quiet = await aSteadyWorld(budgeted(0.006), { requestsPerMinute: 0 })
    expect((await quiet.start()).next).toBe('Shift')
  })
})

describe('preflight: the function that a gate asks', () => {
  const check = { function: 'media-smoke-test' }
  const gates = [25, 50].map((atPercent) => ({ atPercent, deadlineMinutes: 60, check }))
  const gated = aCanaryConfiguration({ ...QUICK, steps: { list: [25, 50] }, gates })

  it('is named once where it does not exist, and nothing starts', async () => {
    const world = await aSteadyWorld(gated)
    world.missingFunctions.add('media-smoke-test')
    expect(await refusal(world)).toBe('refused: there is no function media-smoke-test to be asked at its gate')
  })

  it('keeps nothing from starting where it exists', async () => {
    const world = await aSteadyWorld(gated)
    world.missingFunctions.add('of-another-strategy')
    expect(await world.start()).toMatchObject({ next: 'Shift' })
  })
})

describe('alarm-guard: an alarm of the strategy', () => {
  const guarded = aCanaryConfiguration({ ...QUICK, alarms: ['checkout-errors', 'disk-full'] })
  const aGuardedWorld = async (states: readonly (readonly [string, 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'])[]) => {
    const world = await aSteadyWorld(guarded)
    for (const [name, state] of states) world.alarmStates.set(name, state)
    return world
  }

  it('that does not exist, or stands in ALARM, lets nothing start', async () => {
    const world = await aGuardedWorld([['disk-full', 'ALARM']])
    expect(await refusal(world)).toBe(
      'refused: there is no metric alarm checkout-errors in the home region; the alarm disk-full is in ALARM',
    )
  })

  it('has a canary go back at its next tick when it goes off, whatever the judge says', async () => {
    const world = await aGuardedWorld([
      ['checkout-errors', 'OK'],
      ['disk-full', 'INSUFFICIENT_DATA'],
    ])
    await world.start()
    await world.pass(8)
    expect((await world.canary())?.phase).toBe('baking')
    world.alarmStates.set('disk-full', 'ALARM')
    await world.pass(1)
    expect(world.shareOf('1.0.8')).toBe(1)
    expect(world.told.map(({ sentence }) => sentence)).toContain('media 1.0.9 is rolled back: the alarm disk-full is in ALARM')
  })

  it('that is taken away in flight guards nobody: it goes back', async () => {
    const world = await aGuardedWorld([
      ['checkout-errors', 'OK'],
      ['disk-full', 'OK'],
    ])
    await world.start()
    await world.pass(2)
    world.alarmStates.delete('disk-full')
    await world.pass(1)
    expect(world.shareOf('1.0.8')).toBe(1)
  })

  it('rollback-reachable: does not keep it from the way back, also not when nobody can read alarms', async () => {
    const world = await aGuardedWorld([
      ['checkout-errors', 'OK'],
      ['disk-full', 'OK'],
    ])
    await world.start()
    await world.pass(8)
    world.faults.isJudgeDead = true
    await world.order('abort')
    expect(world.shareOf('1.0.8')).toBe(1)
  })
})

it('everything that speaks against a start is said at once', async () => {
  const versions = ['1.0.8', '1.0.9']
  const providers = [aVersionedProvider('aws', 500, versions), aProvider({ ...aVersionedProvider('hetzner', 300, ['1.0.8']) })]
  const world = await aSteadyWorld({ ...aCanaryConfiguration({ ...QUICK, alarms: ['nobody'] }), providers })
  world.red.add('hc-aws-1.0.9')
  const sentence = await refusal(world)
  for (const part of ['it has no endpoint at hetzner', 'health check of v1 at aws is red', 'no metric alarm nobody'])
    expect(sentence).toContain(part)
})
