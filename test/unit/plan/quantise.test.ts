// Weights: examples a person can check.
import { describe, expect, test } from 'vitest'
import { quantise } from '#plan/quantise.ts'

describe('quantise', () => {
  test.each([
    { shares: [0.5, 0.5], weights: [1, 1] },
    { shares: [0.75, 0.25], weights: [3, 1] },
    { shares: [1 / 3, 1 / 3, 1 / 3], weights: [1, 1, 1] },
    { shares: [5, 3, 2], weights: [5, 3, 2] },
    { shares: [1, 0], weights: [1, 0] },
    { shares: [0.98, 0.02], weights: [49, 1] },
    { shares: [4, 45], weights: [4, 45] },
    { shares: [41, 0, 6], weights: [41, 0, 6] },
    { shares: [255, 254], weights: [255, 254] },
  ])('finds the exact scale for $shares', ({ shares, weights }) => {
    expect(quantise(shares)).toEqual({ weights, greatestError: expect.closeTo(0, 12) })
  })

  test('lifts a share below 1/256 to weight 1 and says how far off it is', () => {
    const { weights, greatestError } = quantise([0.9999, 0.0001])
    expect(weights).toEqual([255, 1])
    expect(greatestError).toBeCloseTo(1 / 256 - 0.0001, 9)
  })

  test.each([
    // 256, 2, 3 and 1 would come closer, if 256 were a weight.
    { shares: [600, 6, 8, 1], weights: [255, 2, 3, 1] },
    // Two shares that are lifted to 1 leave nothing over for the third.
    { shares: [1500, 2, 8, 1], weights: [255, 1, 1, 1] },
  ])('stays within 255 for $shares', ({ shares, weights }) => {
    expect(quantise(shares).weights).toEqual(weights)
  })

  test.each([
    [[-0.1, 1], 'share 0 is -0.1: shares are finite and not negative'],
    [[1, Number.NaN], 'share 1 is NaN: shares are finite and not negative'],
    [[0, 0], 'all shares are 0: at least one must be above 0'],
  ])('refuses %j by name', (shares, message) => {
    expect(() => quantise(shares)).toThrow(new RangeError(message))
  })

  test('among scales that are equally far off takes the one closest to the weights that stand', () => {
    const shares = [0.50001, 0.49999]
    expect(quantise(shares).weights).toEqual([1, 1])
    expect(quantise(shares, [100, 100]).weights).toEqual([100, 100])
  })

  test('among equally good scales takes the smallest when nothing stands', () => {
    expect(quantise([0.5, 0.5], [undefined, undefined]).weights).toEqual([1, 1])
  })

  test('among equally good scales takes the one closest to the weights that stand', () => {
    expect(quantise([0.5, 0.5], [100, 100]).weights).toEqual([100, 100])
    expect(quantise([0.5, 0.5], [100, 104]).weights).toEqual([100, 100])
  })

  test('beats the scale at which the largest weight is 255', () => {
    const shares = [0.4, 0.35, 0.25]
    const scaled = shares.map((share) => Math.round((share / 0.4) * 255))
    const total = scaled.reduce((sum, weight) => sum + weight, 0)
    const naive = Math.max(...shares.map((share, index) => Math.abs(share - (scaled[index] ?? 0) / total)))
    expect(quantise(shares).greatestError).toBeLessThan(naive)
  })
})
