// Weights: the error bound, and what must never happen to a zero or to a small share.
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { quantise } from '#plan/quantise.ts'

const share = fc.double({ min: 1 / 256, max: 1, noNaN: true })
const sharesWithZeros = fc
  .array(fc.oneof({ weight: 4, arbitrary: share }, { weight: 1, arbitrary: fc.constant(0) }), { minLength: 2, maxLength: 8 })
  .filter((shares) => shares.some((value) => value > 0))

const normalised = (shares: readonly number[]) => {
  const total = shares.reduce((sum, value) => sum + value, 0)
  return shares.map((value) => value / total)
}

describe('validated numbers: quantise', () => {
  test.prop([sharesWithZeros])('gives whole numbers from 0 to 255', (shares) => {
    for (const weight of quantise(shares).weights) {
      expect(Number.isInteger(weight)).toBe(true)
      expect(weight).toBeGreaterThanOrEqual(0)
      expect(weight).toBeLessThanOrEqual(255)
    }
  })

  test.prop([sharesWithZeros])('keeps zero at zero and a positive share above it', (shares) => {
    const { weights } = quantise(shares)
    expect(weights.map((weight) => weight > 0)).toEqual(shares.map((value) => value > 0))
  })

  test.prop([sharesWithZeros.map(normalised).filter((shares) => shares.every((value) => value === 0 || value >= 1 / 256))])(
    'stays within 0.2 points for 2–8 records whose shares are 0 or at least 1/256',
    (shares) => {
      const { weights, greatestError } = quantise(shares)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const worst = Math.max(...weights.map((weight, index) => Math.abs(weight / total - (shares[index] ?? 0))))
      expect(worst).toBeCloseTo(greatestError, 12)
      expect(worst).toBeLessThanOrEqual(0.002)
    },
  )

  const weights = fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }).filter((all) => all.some((weight) => weight > 0))
  test.prop([weights])('finds weights that fit exactly, whatever their scale', (fitting) => {
    expect(quantise(fitting).greatestError).toBeLessThan(1e-9)
  })

  test.prop([sharesWithZeros])('is stable: its own answer as the previous weights changes nothing', (shares) => {
    const { weights } = quantise(shares)
    expect(quantise(shares, weights).weights).toEqual(weights)
  })

  test.prop([fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0.1)])('refuses what is not a share: %s', (bad) => {
    expect(() => quantise([0.5, bad])).toThrow(RangeError)
  })

  test('refuses shares that are all zero', () => {
    expect(() => quantise([0, 0])).toThrow('all shares are 0')
  })
})
