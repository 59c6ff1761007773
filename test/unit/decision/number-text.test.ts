// Numbers as people read them: enough digits to tell them apart, and no more.
import { describe, expect, test } from 'vitest'
import { duration, percent, rate, share } from '#decision/number-text.ts'

describe('numbers in sentences', () => {
  test.each([
    [0, '0'],
    [0.25, '0.3'],
    [9.94, '9.9'],
    [10, '10'],
    [123.4, '123'],
  ])('a rate of %s is %s', (value, text) => expect(rate(value)).toBe(text))

  test.each([
    [0, '0.00'],
    [0.021, '0.021'],
    [0.0999, '0.100'],
    [0.1, '0.10'],
    [0.314, '0.31'],
  ])('a share of %s is %s', (value, text) => expect(share(value)).toBe(text))

  test.each([
    [0, '0 %'],
    [0.0123, '1.2 %'],
    [0.1, '10 %'],
    [0.857, '86 %'],
  ])('a part of %s is %s', (value, text) => expect(percent(value)).toBe(text))

  test.each([
    [0.4, '0 s'],
    [119, '119 s'],
    [120, '2 min'],
    [200, '3 min'],
  ])('%s seconds are %s', (value, text) => expect(duration(value)).toBe(text))
})
