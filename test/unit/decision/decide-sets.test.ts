// All decisions of a tick: one a provider set, one a held hostname, and one memory of each provider for all of them.
import { describe, expect, test } from 'vitest'
import { decideSets, decisionFor, type Memory } from '#decision/decide-sets.ts'
import type { KnownRecords } from '#decision/standing-shares.ts'
import type { Override } from '#model/override.ts'
import { observe } from '#signals/observe.ts'
import { aConfiguration, aHostname } from '#test/builders/configuration.ts'
import { seriesOf } from '#test/builders/series.ts'

const START = 1_700_000_055
const both = aHostname({ hostname: 'both.example.com' })
const also = aHostname({ hostname: 'also.example.com' })
const alone = aHostname({ hostname: 'alone.example.com', providers: [{ provider: 'aws', minShare: 0, maxShare: 1 }] })
const configuration = aConfiguration({ hostnames: [both, also, alone] })

const nothingYet: KnownRecords = new Map(
  [both, also, alone].map(({ hostname }) => [hostname, { observed: { hostname, members: [], strangers: [], observedAt: 0 } }]),
)

const decided = (memory: Memory, nowSeconds: number, overrides: readonly Override[] = [], clouds: Parameters<typeof seriesOf>[1] = {}) =>
  decideSets({
    configuration,
    signals: observe(configuration, seriesOf(configuration, { hetzner: { capacity: 300 }, ...clouds }, nowSeconds), nowSeconds),
    memory,
    overrides,
    records: nothingYet,
    nowSeconds,
  })
const first = () => decided({ providers: {}, sets: {} }, START)
const pin = (hostname: string): Override => ({
  kind: 'pin',
  hostname,
  shares: { aws: 0.2, hetzner: 0.8 },
  generation: 2,
  isRollback: false,
  author: 'me',
  reason: 'a test',
  createdAt: 0,
  expiresAt: 9e9,
})
const shares = ({ decisions }: ReturnType<typeof decided>) =>
  decisions.map(({ set, providers }) => [set, ...providers.map(({ share }) => Math.round(1_000 * share) / 1_000)])

describe('the decisions of a tick', () => {
  test('are one for each set of providers, in the order of the configuration', () => {
    expect(shares(first())).toEqual([
      ['aws+hetzner', 0.625, 0.375],
      ['aws', 1],
    ])
  })

  test('are one more for each hostname that somebody holds, and the others follow the set', () => {
    const { memory } = first()
    const tick = decided(memory, START + 60, [pin('both.example.com')])
    expect(shares(tick)).toEqual([
      ['aws+hetzner', 0.625, 0.375],
      ['hostname:both.example.com', 0.2, 0.8],
      ['aws', 1],
    ])
    expect(decisionFor(tick.decisions, both)?.set).toBe('hostname:both.example.com')
    expect(decisionFor(tick.decisions, also)?.set).toBe('aws+hetzner')
    expect(decisionFor(tick.decisions, alone)?.set).toBe('aws')
    expect(decisionFor([], alone)).toBeUndefined()
  })

  test('remember the shares of the set, not those that somebody holds', () => {
    const { memory } = decided(first().memory, START + 60, [pin('both.example.com')])
    expect(memory.sets['aws+hetzner']?.shares).toEqual({ aws: 0.625, hetzner: 0.375 })
    expect(Object.keys(memory.sets)).toEqual(['aws+hetzner', 'aws'])
  })

  test('integrate a window once, although two sets share the provider', () => {
    const { memory } = first()
    const later = decided(memory, START + 60, [], { aws: { capacity: 510 } }).memory.providers
    expect(later.aws?.capacity?.residuals).toHaveLength(1)
    expect(later.hetzner?.capacity?.residuals).toHaveLength(1)
  })

  test('wait as long as the slowest name of the set', () => {
    const slow = { ...configuration, hostnames: [{ ...both, ttlSeconds: 10 }, { ...also, ttlSeconds: 600 }, alone] }
    const changesAfter = (seconds: number) => {
      const settled = [60, 120, 180, 240, 300].reduce(({ memory }, at) => decided(memory, START + at), first())
      const memory = { ...settled.memory, sets: { ...settled.memory.sets } }
      const set = memory.sets['aws+hetzner']
      if (set === undefined) throw new Error('the set was decided on')
      memory.sets['aws+hetzner'] = { ...set, lastWriteAt: START + 360 - seconds }
      const series = seriesOf(slow, { aws: { capacity: 300 }, hetzner: { capacity: 300 } }, START + 360)
      const { decisions } = decideSets({
        configuration: slow,
        signals: observe(slow, series, START + 360),
        memory,
        overrides: [],
        records: nothingYet,
        nowSeconds: START + 360,
      })
      return decisions[0]?.isChange
    }
    expect(changesAfter(60 + 60 + 10 + 600 - 1)).toBe(false)
    expect(changesAfter(60 + 60 + 10 + 600)).toBe(true)
  })
})
