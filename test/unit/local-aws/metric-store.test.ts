// What is stored can be read in longer periods, after the publishing lag, for a day.
import { expect, it } from 'vitest'
import { createMetricStore } from '#local/aws/cloudwatch/metric-store.ts'
import { statistic } from '#local/aws/cloudwatch/statistics.ts'

const START = 1_800_000_000
const identity = { region: 'us-east-1', namespace: 'Sluice', metric: 'Requests', dimensions: { Provider: 'a', Stage: 'test' } }

function aStore(publishingLagSeconds = 0) {
  const clock = { now: START, nowSeconds: () => clock.now }
  const store = createMetricStore(clock, { publishingLagSeconds })
  const read = (periodSeconds = 60, more: Partial<typeof identity> = {}) =>
    [...store.read({ ...identity, ...more }, START, START + 86_400, periodSeconds)].map(([at, bucket]) => [
      at - START,
      statistic(bucket, 'Sum'),
    ])
  return { clock, store, read }
}

it('minutes become longer periods', () => {
  const { store, read } = aStore()
  for (const [offset, value] of [
    [0, 1],
    [60, 2],
    [299, 3],
    [300, 4],
  ] as const)
    store.publish({ ...identity, atSeconds: START + offset, value, unit: 'Count' })
  expect(read(300)).toEqual([
    [0, 6],
    [300, 4],
  ])
})

it('the order of dimensions does not matter, their values and the region do', () => {
  const { store, read } = aStore()
  store.publish({ ...identity, atSeconds: START, value: 1, unit: 'Count' })
  expect(read(60, { dimensions: { Stage: 'test', Provider: 'a' } })).toEqual([[0, 1]])
  expect(read(60, { dimensions: { Provider: 'b', Stage: 'test' } })).toEqual([])
  expect(read(60, { region: 'eu-central-1' })).toEqual([])
})

it('with a publishing lag a value can be read only later', () => {
  const { clock, store, read } = aStore(90)
  store.publish({ ...identity, atSeconds: START, value: 1, unit: 'Count' })
  clock.now += 89
  expect(read()).toEqual([])
  clock.now += 1
  expect(read()).toEqual([[0, 1]])
})

it('what is older than a day is forgotten', () => {
  const { store, read } = aStore()
  for (let minute = 0; minute < 2000; minute++) store.publish({ ...identity, atSeconds: START + minute * 60, value: 1, unit: 'Count' })
  const [first] = read()
  expect(first?.[0]).toBe((1999 - 1440) * 60)
})
