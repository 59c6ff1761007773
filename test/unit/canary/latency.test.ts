// Latency from the history before a start to the verdict: edges are frozen from the standing version, and both arms are held to them.
import { describe, expect, test } from 'vitest'
import { armMinutes } from '#canary/arm-minutes.ts'
import { armQueries } from '#canary/arm-queries.ts'
import { latencyHistogram, withFrozenEdges } from '#canary/latency-history.ts'
import { LATENCY_BOUNDS_SECONDS } from '#model/latency-bounds.ts'
import { slowerStat } from '#model/metric.ts'
import { aCanaryConfiguration, aSteadyWorld, type Latency, QUICK } from '#test/builders/canary-world.ts'
import { judgeSettings } from '#test/builders/judge.ts'

const SUBJECT = { kind: 'version', service: 'media', version: '1.0.9', from: '1.0.8' } as const
const LATENCY = { metrics: [{ kind: 'failures' }, { kind: 'latency' }] } as const
/** The standing version: half take 50 ms, one in a hundred more than 120. */
const USUAL: Latency = [
  { seconds: 0.05, part: 0.5 },
  { seconds: 0.07, part: 0.4 },
  { seconds: 0.12, part: 0.09 },
  { seconds: 0.3, part: 0.01 },
]
const timesAsSlow = (times: number): Latency => USUAL.map(({ seconds, part }) => ({ seconds: seconds * times, part }))
const withTail: Latency = [...USUAL.map(({ seconds, part }) => ({ seconds, part: part * 0.96 })), { seconds: 2, part: 0.04 }]

const aLatencyWorld = (next: Latency, metrics: object = LATENCY) =>
  aSteadyWorld(aCanaryConfiguration({ ...QUICK, judge: { toleratedRatio: 1.5, ...metrics } }), {
    latency: { '1.0.8': USUAL, '1.0.9': next },
  })

describe('a version that fails no more often', () => {
  test('but takes a quarter longer is rolled back', async () => {
    const world = await aLatencyWorld(timesAsSlow(1.25))
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', step: 0, verdict: { verdict: 'fail' } })
    expect(world.shareOf('1.0.9')).toBe(0)
  })

  test('but has a slow tail alone is rolled back', async () => {
    const world = await aLatencyWorld(withTail)
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', verdict: { verdict: 'fail' } })
  })

  test('and is as fast is promoted', async () => {
    const world = await aLatencyWorld(USUAL, { metrics: [{ kind: 'failures' }, { kind: 'latency', critical: true, weight: 2 }] })
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })
})

describe('the start', () => {
  test('freezes edges near p50, p90 and p99 of the standing version, and says so', async () => {
    const world = await aLatencyWorld(USUAL)
    const { sentence } = await world.start()
    const judged = (await world.canary())?.strategy.judge.metrics.find(({ kind }) => kind === 'latency')
    const edges = judged?.kind === 'latency' ? (judged.edgesSeconds ?? []) : []
    expect(edges).toHaveLength(3)
    expect(edges.every((edge) => LATENCY_BOUNDS_SECONDS.includes(edge))).toBe(true)
    expect(sentence === '' ? (await world.row())?.reason.sentence : sentence).toContain('latency edges')
  })

  test('keeps the edges that the strategy names', async () => {
    const world = await aLatencyWorld(USUAL, { metrics: [{ kind: 'failures' }, { kind: 'latency', edgesSeconds: [0.1, 0.5] }] })
    await world.start()
    expect((await world.canary())?.strategy.judge.metrics[1]).toMatchObject({ edgesSeconds: [0.1, 0.5] })
  })

  test('is refused where the standing version published no latency, and nothing is written', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, judge: LATENCY }))
    const refused = await world.start()
    expect(refused).toMatchObject({ next: 'Done' })
    expect(refused.sentence).toMatch(
      /refused: .*media 1.0.9: no edges for latency: .* published no Latency in the last 3 hours; publish it/,
    )
    expect(await world.row()).toBeUndefined()
  })

  test('is refused while CloudWatch does not answer, and nothing is written', async () => {
    const world = await aLatencyWorld(USUAL)
    world.faults.areMetricsDead = true
    expect((await world.start()).sentence).toContain('CloudWatch is not to be reached')
    expect(await world.row()).toBeUndefined()
  })
})

describe('edges', () => {
  const history = latencyHistogram([
    { id: 'all aws', points: [{ at: 0, value: 900 }] },
    { id: 'all hetzner', points: [{ at: 0, value: 100 }] },
    ...LATENCY_BOUNDS_SECONDS.flatMap((bound) => [
      { id: `slower ${bound} aws`, points: [{ at: 0, value: bound < 0.05 ? 900 : bound < 0.2 ? 90 : 0 }] },
      { id: `slower ${bound} hetzner`, points: [{ at: 0, value: bound < 0.1 ? 100 : 0 }] },
    ]),
  ])

  test('come from all providers together', () => {
    expect(history.counts.reduce((sum, count) => sum + count, 0)).toBe(1000)
    const frozen = withFrozenEdges(judgeSettings(LATENCY), history, 'media 1.0.9')
    expect('edgesSeconds' in frozen && frozen.edgesSeconds.every((edge) => edge < 0.2)).toBe(true)
  })

  test('hold the objective too, but not where it has to be proven and nobody breaks it', () => {
    const edgesOf = (objectiveSeconds: number, critical: boolean) => {
      const metrics = [{ kind: 'failures' as const }, { kind: 'latency' as const, objectiveSeconds, critical }]
      const frozen = withFrozenEdges(judgeSettings({ metrics }), history, 'media 1.0.9')
      return 'edgesSeconds' in frozen ? (frozen.edgesSeconds.at(-1) ?? 0) : 0
    }
    expect(edgesOf(1, false)).toBeCloseTo(1, 1)
    expect(edgesOf(1, true)).toBeLessThan(0.2)
    expect(edgesOf(0.15, true)).toBeCloseTo(0.15, 1)
  })

  test('are asked for as trimmed counts', () => {
    expect([0.25, 0.0574, 10, 1e-7].map(slowerStat)).toEqual(['TC(0.25:)', 'TC(0.0574:)', 'TC(10:)', 'TC(0.0000001:)'])
  })
})

describe('a metric of kind count', () => {
  const aCountedWorld = (next: number) =>
    aSteadyWorld(
      aCanaryConfiguration({ ...QUICK, judge: { metrics: [{ kind: 'failures' }, { kind: 'count', name: 'timeouts', critical: true }] } }),
      {
        counted: { timeouts: { '1.0.8': 0.01, '1.0.9': next } },
      },
    )

  test('has a version rolled back that fails no more often', async () => {
    const world = await aCountedWorld(0.06)
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', step: 0, verdict: { verdict: 'fail' } })
  })

  test('lets one pass that counts no more, though it is critical', async () => {
    const world = await aCountedWorld(0.01)
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
    expect((await world.canary())?.verdict?.metrics.timeouts?.passLogE).toBeGreaterThan(3)
  })
})

describe('minutes', () => {
  const configuration = aCanaryConfiguration()
  const [hostname] = configuration.hostnames
  const settings = judgeSettings({ metrics: [{ kind: 'failures' }, { kind: 'latency', edgesSeconds: [0.1, 1] }] })
  const queries = hostname === undefined ? [] : armQueries(SUBJECT, hostname, configuration, settings)
  const minuteOf = (values: Readonly<Record<string, number>>) => {
    const series = queries.map(({ query }) => {
      const value = values[query.id.replace(/ (aws|hetzner)$/, '')]
      return { id: query.id, points: value === undefined ? [] : [{ at: 0, value }] }
    })
    return armMinutes(queries, series, { fromSeconds: 0, nowSeconds: 60, lagSeconds: 0 }, settings.metrics)[0]
  }

  test('have what was slower than each edge, summed over the providers', () => {
    const counts = { 'canary requests': 10, 'canary latencies': 10, 'canary slower 0.1': 4, 'canary slower 1': 1 }
    expect(minuteOf({ ...counts, 'control requests': 90, 'control latencies': 90, 'control slower 0.1': 9 })).toMatchObject({
      canary: { requests: 20, slower: { latency: [8, 2] } },
      // Nobody was slower than 1 s: there may be no such count, and there were latencies.
      control: { requests: 180, slower: { latency: [18, 0] } },
    })
  })

  test('have what each metric of kind count says, and none of one that is missing at a provider', () => {
    const metrics = [{ kind: 'failures' as const }, { kind: 'count' as const, name: 'timeouts' }]
    const counted = judgeSettings({ metrics }).metrics
    const asked = hostname === undefined ? [] : armQueries(SUBJECT, hostname, configuration, { metrics: counted })
    const known = ({ query: { id } }: (typeof asked)[number], values: Readonly<Record<string, number>>) =>
      values[id] ?? (id.includes('timeouts') ? undefined : 10)
    const minute = (values: Readonly<Record<string, number>>) => {
      const series = asked.map((one) => {
        const value = known(one, values)
        return { id: one.query.id, points: value === undefined ? [] : [{ at: 0, value }] }
      })
      return armMinutes(asked, series, { fromSeconds: 0, nowSeconds: 60, lagSeconds: 0 }, counted)[0]
    }
    expect(asked.filter(({ count }) => count === 'count timeouts').map(({ query }) => query.source)).toContainEqual({
      ...{ namespace: 'Sluice', metric: 'timeouts', stat: 'Sum', region: 'us-east-1', scale: 1 },
      dimensions: { Stage: 'test', Provider: 'hetzner', Service: 'media', Version: '1.0.9' },
    })
    const oneArm = { 'canary count timeouts aws': 2, 'canary count timeouts hetzner': 0, 'control count timeouts aws': 3 }
    expect(minute(oneArm)).toMatchObject({ canary: { counts: { timeouts: 2 } } })
    expect(minute(oneArm)?.control).not.toHaveProperty('counts')
  })

  test('have none where latencies are missing, and zero where there were no requests', () => {
    const minute = minuteOf({ 'canary requests': 10, 'control requests': 0 })
    expect(minute?.canary).toEqual({ requests: 20 })
    expect(minute?.control).toEqual({ requests: 0, slower: { latency: [0, 0] } })
  })
})
