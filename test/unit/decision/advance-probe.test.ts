// What a verdict of the checks does to the memory of a provider.
import { describe, expect, test } from 'vitest'
import { advanceProbe } from '#decision/advance-probe.ts'
import type { ProviderMemory } from '#model/memory.ts'
import { aProviderMemory, aReading } from '#test/builders/members.ts'

const NOW = 10_000
const DEAD = 190
const seen = (memory: Partial<ProviderMemory>, state: 'green' | 'red' | 'unknown', since: number) =>
  advanceProbe(aProviderMemory(memory), aReading({ probe: { state, since } }), DEAD, NOW)

describe('a check that turns red', () => {
  test('says since when, and ends what a green one had begun', () => {
    const memory = seen({ greenSince: 100, isBad: true }, 'red', 9_900)
    expect(memory).toMatchObject({ redSince: 9_900, isBad: false })
    expect(memory).not.toHaveProperty('greenSince')
  })

  const taught = { limit: 40, lastBadAt: 9_950, lastCutAt: 9_960, softLimit: 30, failedProbes: 2, isBad: true }

  test('explains failures that began within a dead time: what they taught is forgotten', () => {
    const memory = seen({ ...taught, episodeStartedAt: NOW - DEAD + 1, beforeEpisode: { failedProbes: 1 } }, 'red', NOW)
    expect(memory).toMatchObject({ failedProbes: 1, isBad: false, redSince: NOW })
    for (const gone of ['limit', 'lastBadAt', 'lastCutAt', 'softLimit', 'episodeStartedAt', 'beforeEpisode'])
      expect(memory).not.toHaveProperty(gone)
  })

  test('gives back what stood before those failures', () => {
    const beforeEpisode = { limit: 70, lastBadAt: 5_000, failedProbes: 1 }
    expect(seen({ ...taught, episodeStartedAt: NOW - 1, beforeEpisode }, 'red', NOW)).toMatchObject(beforeEpisode)
  })

  test('keeps the count of failed probes where nothing is known of before', () => {
    expect(seen({ ...taught, episodeStartedAt: NOW - 1 }, 'red', NOW)).toMatchObject({ failedProbes: 2 })
  })

  test('does not explain failures that began a dead time ago: what they taught stays', () => {
    expect(seen({ ...taught, episodeStartedAt: NOW - DEAD }, 'red', NOW)).toMatchObject({ ...taught, isBad: false })
  })

  test('has nothing to explain when nothing failed', () => {
    expect(seen({ limit: 40, isBad: true }, 'red', NOW)).toMatchObject({ limit: 40, isBad: false })
  })
})

describe('a check that stays red', () => {
  test('has been red since the earliest it was ever said', () => {
    expect(seen({ redSince: 9_000 }, 'red', 9_500).redSince).toBe(9_000)
    expect(seen({ redSince: 9_500 }, 'red', 9_000).redSince).toBe(9_000)
  })
})

describe('a check that turns green', () => {
  test('begins to count good windows anew, from then on', () => {
    const memory = seen({ redSince: 9_000, goodWindows: 5 }, 'green', 9_500)
    expect(memory).toMatchObject({ greenSince: 9_500, goodWindows: 0 })
    expect(memory).not.toHaveProperty('redSince')
  })

  test('cannot have been green before it was red', () => {
    expect(seen({ redSince: 9_000 }, 'green', 100).greenSince).toBe(9_000)
  })
})

test.each([
  ['green stays green', {}, 'green'],
  ['a green one is unknown', {}, 'unknown'],
  ['a red one is unknown', { redSince: 9_000 }, 'unknown'],
] as const)('nothing changes when %s', (_name, overrides, state) => {
  const memory = aProviderMemory(overrides)
  expect(advanceProbe(memory, aReading({ probe: { state, since: 9_500 } }), DEAD, NOW)).toBe(memory)
})
