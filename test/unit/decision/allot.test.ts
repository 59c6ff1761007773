// Shares by what each provider claims: inside bounds, under the ceiling, and for a lower tier.
import { describe, expect, test } from 'vitest'
import { allot } from '#decision/allot.ts'
import { allotUnderCeiling } from '#decision/allot-under-ceiling.ts'
import { lowerTierShare } from '#decision/tiers.ts'
import { Policy } from '#model/policy.ts'

const claim = (measure: number, min = 0, max = 1) => ({ measure, min, max })
const taker = (capacity: number, min = 0, max = 1) => ({ capacity, min, max })
const rounded = (shares: readonly number[]) => shares.map((share) => Math.round(share * 1000) / 1000)

describe('shares in proportion, inside bounds', () => {
  const cases = [
    { name: 'follow the measure', claims: [claim(300), claim(100)], shares: [0.75, 0.25] },
    { name: 'respect a minimum, the others share the rest', claims: [claim(300), claim(100), claim(0, 0.2)], shares: [0.6, 0.2, 0.2] },
    {
      name: 'respect a maximum, the others take the rest',
      claims: [claim(800, 0, 0.5), claim(100), claim(100)],
      shares: [0.5, 0.25, 0.25],
    },
    { name: 'of one claimant are all', claims: [claim(5)], shares: [1] },
    { name: 'exceed maxima that do not add up to 1, in proportion', claims: [claim(1, 0, 0.2), claim(1, 0, 0.3)], shares: [0.4, 0.6] },
    { name: 'scale down minima that add up to more than 1', claims: [claim(1, 0.9), claim(1, 0.6)], shares: [0.6, 0.4] },
    { name: 'scale minima down also beside one that has none', claims: [claim(5, 0.8), claim(0, 0.8), claim(900)], shares: [0.5, 0.5, 0] },
    { name: 'of a minimum alone are everything', claims: [claim(0, 0.1), claim(0)], shares: [1, 0] },
    { name: 'respect a minimum above a maximum', claims: [claim(300, 0.4, 0.2), claim(300)], shares: [0.4, 0.6] },
    { name: 'are 0 when nobody has a measure or a minimum', claims: [claim(0), claim(0)], shares: [0, 0] },
    { name: 'of nobody are none', claims: [], shares: [] },
    { name: 'cope with very different measures', claims: [claim(1e6), claim(1)], shares: [1, 0] },
  ]
  test.each(cases)('$name', ({ claims, shares }) => expect(rounded(allot(claims))).toEqual(shares))
})

describe('shares under the ceiling', () => {
  const cases = [
    { name: 'follow capacity when the demand is unknown', takers: [taker(300), taker(100)], demand: undefined, shares: [0.75, 0.25] },
    {
      name: 'fill up to the ceiling what a bound would overload, while another has room',
      takers: [taker(100, 0.5), taker(900)],
      demand: 500,
      shares: [0.17, 0.83],
    },
    { name: 'keep a minimum that overloads nobody', takers: [taker(100, 0.15), taker(900)], demand: 500, shares: [0.15, 0.85] },
    { name: 'spread an overload evenly, whatever the minima', takers: [taker(100, 0.5), taker(300)], demand: 500, shares: [0.25, 0.75] },
    {
      name: 'spread an overload within the maxima',
      takers: [taker(100, 0, 0.2), taker(300)],
      demand: 1000,
      shares: [0.2, 0.8],
    },
    { name: 'keep their minima when the demand is unknown', takers: [taker(100, 0.5), taker(300)], demand: undefined, shares: [0.5, 0.5] },
    {
      name: 'keep their minima when nobody asks for anything',
      takers: [taker(100, 0.5), taker(300), taker(0)],
      demand: 0,
      shares: [0.5, 0.5, 0],
    },
    { name: 'exactly at the ceiling are still under it', takers: [taker(100), taker(100)], demand: 170, shares: [0.5, 0.5] },
  ]
  test.each(cases)('$name', ({ takers, demand, shares }) => expect(rounded(allotUnderCeiling(takers, demand, 0.85))).toEqual(shares))
})

describe('the share of a lower tier', () => {
  const { guards } = Policy.parse({})
  const tier = { upperCapacity: 600, lowerCapacity: 400, demand: 500 }
  const cases = [
    { name: 'is nothing while those above have room', input: tier, share: 0 },
    { name: 'is what is above their ceiling', input: { ...tier, demand: 600 }, share: 0.15 },
    { name: 'is by capacity when nobody has room', input: { ...tier, demand: 900 }, share: 0.4 },
    { name: 'is everything when nobody above may serve', input: { ...tier, upperCapacity: 0 }, share: 1 },
    { name: 'is nothing when the tier has no capacity', input: { ...tier, lowerCapacity: 0, demand: 900 }, share: 0 },
    { name: 'is nothing when the demand is unknown', input: { ...tier, demand: undefined }, share: 0 },
    { name: 'begins with nothing at the ceiling', input: { ...tier, demand: 510 }, share: 0 },
    { name: 'is by capacity from where both are full', input: { ...tier, demand: 850 }, share: 0.4 },
    {
      name: 'is everything when nobody above may serve, however large the demand',
      input: { ...tier, upperCapacity: 0, demand: undefined },
      share: 1,
    },
    { name: 'is nothing when nobody has any capacity', input: { ...tier, upperCapacity: 0, lowerCapacity: 0 }, share: 0 },
    { name: 'is nothing when nobody asks for anything', input: { ...tier, demand: 0 }, share: 0 },
  ]
  test.each(cases)('$name', ({ input, share }) => expect(lowerTierShare(input, guards)).toBeCloseTo(share))
})
