// What the records of a set really give, and whether that is what was decided.
import { describe, expect, test } from 'vitest'
import { following, type KnownRecords, sharesFound, standingShares } from '#decision/standing-shares.ts'
import { providerSets } from '#model/provider-set.ts'
import type { WeightedRecord } from '#model/record.ts'
import { aHostname } from '#test/builders/configuration.ts'
import { aRecord } from '#test/builders/records.ts'

const ONE = aHostname({ hostname: 'one.example.com' })
const OTHER = aHostname({ hostname: 'other.example.com' })
const BOTH = providerSets([ONE, OTHER])[0]
if (BOTH === undefined) throw new Error('two hostnames with the same providers are a set')
const everybody = () => true
const nobody = () => false
const only = (name: string) => (policy: { readonly hostname: string }) => policy.hostname === name

type Seen = Record<string, { weights: Record<string, number>; isOurs?: true }>

function recordsOf(seen: Seen): KnownRecords {
  const members = (hostname: string, weights: Record<string, number>): WeightedRecord[] =>
    Object.entries(weights).map(([provider, weight]) =>
      aRecord(provider, weight, { name: hostname, setIdentifier: `sluice:${hostname}:${provider}:edge` }),
    )
  return new Map(
    Object.entries(seen).map(([hostname, { weights, isOurs }]) => [
      hostname,
      { observed: { hostname, members: members(hostname, weights), strangers: [], observedAt: 0 }, isOurs },
    ]),
  )
}

describe('the shares that stand', () => {
  test('are those of the providers that still belong to the hostname', () => {
    const records = recordsOf({ [ONE.hostname]: { weights: { aws: 60, hetzner: 20, gone: 20 } } })
    expect(standingShares(ONE, records)).toEqual({ aws: expect.closeTo(0.75), hetzner: expect.closeTo(0.25) })
  })

  test('are unknown where nothing of ours has weight', () => {
    expect(standingShares(ONE, recordsOf({ [ONE.hostname]: { weights: { aws: 0, hetzner: 0 } } }))).toBeUndefined()
    expect(standingShares(ONE, recordsOf({}))).toBeUndefined()
  })
})

describe('what a set without memory begins from', () => {
  const even = { weights: { aws: 1, hetzner: 1 } }
  const uneven = { weights: { aws: 3, hetzner: 1 } }

  test('is unseen until somebody has looked at every hostname', () => {
    expect(sharesFound(BOTH, recordsOf({ [ONE.hostname]: even }), everybody)).toBe('unseen')
    expect(sharesFound(BOTH, recordsOf({ [OTHER.hostname]: even }), everybody)).toBe('unseen')
  })

  test('is nothing while there are no records', () => {
    const none = { weights: {} }
    expect(sharesFound(BOTH, recordsOf({ [ONE.hostname]: none, [OTHER.hostname]: none }), everybody)).toBeUndefined()
  })

  test('is a hostname that nobody holds before one that somebody does', () => {
    const records = recordsOf({ [ONE.hostname]: even, [OTHER.hostname]: uneven })
    expect(sharesFound(BOTH, records, only(OTHER.hostname))).toEqual({ aws: 0.75, hetzner: 0.25 })
    expect(sharesFound(BOTH, records, nobody)).toEqual({ aws: 0.5, hetzner: 0.5 })
  })

  test('is the first hostname that has records', () => {
    const records = recordsOf({ [ONE.hostname]: { weights: {} }, [OTHER.hostname]: uneven })
    expect(sharesFound(BOTH, records, everybody)).toEqual({ aws: 0.75, hetzner: 0.25 })
  })
})

describe('a decision', () => {
  const decided = { aws: 0.5, hetzner: 0.5 }
  const even = { weights: { aws: 100, hetzner: 100 } }
  const uneven = { weights: { aws: 150, hetzner: 50 } }
  const rules = (one: Seen[string], other: Seen[string], isFree = everybody as (policy: { readonly hostname: string }) => boolean) =>
    following(BOTH, decided, recordsOf({ [ONE.hostname]: one, [OTHER.hostname]: other }), isFree)

  test('is followed when all hostnames are free and carry its shares', () => {
    expect(rules(even, even)).toEqual({ isFollowed: true, isEditedByHand: false })
  })

  test.each([
    ['one of them carries others', even, uneven, everybody],
    ['one of them carries none', even, { weights: {} }, everybody],
    ['somebody holds one of them', even, even, only(ONE.hostname)],
    ['somebody holds all of them', even, even, nobody],
  ])('is not followed when %s', (_name, one, other, isFree) => {
    expect(rules(one, other, isFree).isFollowed).toBe(false)
  })

  test('is followed within the rounding of weights, for each of the providers', () => {
    const three = { aws: 0.5, gcp: 0.3, hetzner: 0.2 }
    const policy = aHostname({ providers: Object.keys(three).map((provider) => ({ provider, minShare: 0, maxShare: 1 })) })
    const set = providerSets([policy])[0]
    if (set === undefined) throw new Error('one hostname is a set')
    const isFollowed = (weights: Record<string, number>) =>
      following(set, three, recordsOf({ [policy.hostname]: { weights } }), everybody).isFollowed
    expect(isFollowed({ aws: 502, gcp: 302, hetzner: 196 })).toBe(true)
    expect(isFollowed({ aws: 500, gcp: 320, hetzner: 180 })).toBe(false)
  })

  test.each([
    ['a free one carries other shares, and not by our last write', even, uneven, everybody, true],
    ['all of them do', uneven, uneven, everybody, true],
    ['we wrote them ourselves', even, { ...uneven, isOurs: true as const }, everybody, false],
    ['somebody holds the one that does', even, uneven, only(ONE.hostname), false],
    ['they carry the shares', even, even, everybody, false],
  ])('is edited by hand, or not, when %s', (_name, one, other, isFree, expected) => {
    expect(rules(one, other, isFree).isEditedByHand).toBe(expected)
  })
})
