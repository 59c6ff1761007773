import { describe, expect, test } from 'vitest'
import { serve, settle, steering } from '#test/builders/steering.ts'

const TWO = { aws: 500, hetzner: 500 }

describe('the bias between intended and measured shares', () => {
  test('is learned slowly from what is measured', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({ aws: { load: 360 }, hetzner: { load: 240 } })
    expect(set.memory()?.set.bias?.aws).toBeCloseTo(1 + (1 - Math.exp(-60 / 600)) * 0.2)
  })

  test('leans the shares against it, until the measured ones are as intended', () => {
    const set = steering(TWO)
    settle(set)
    for (let i = 0; i < 120; i++) {
      const standing = set.memory()?.set.shares.aws ?? 0
      const pulled = (1.5 * standing) / (1.5 * standing + 1 - standing)
      set.tick({ aws: { load: 600 * pulled }, hetzner: { load: 600 * (1 - pulled) } })
    }
    const standing = set.memory()?.set.shares.aws ?? 0
    expect((1.5 * standing) / (1.5 * standing + 1 - standing)).toBeCloseTo(0.5, 1)
    expect(standing).toBeLessThan(0.47)
  })

  test('stays between a half and two', () => {
    const set = steering(TWO)
    settle(set)
    for (let i = 0; i < 200; i++) set.tick({ aws: { load: 590 }, hetzner: { load: 10 } })
    for (const bias of Object.values(set.memory()?.set.bias ?? {})) {
      expect(bias).toBeGreaterThanOrEqual(0.5)
      expect(bias).toBeLessThanOrEqual(2)
    }
  })

  test('is not learned inside the dead time of a write, while anybody is red, or while a load is missing', () => {
    const fresh = steering(TWO)
    fresh.tick()
    fresh.tick({ aws: { load: 500 }, hetzner: { load: 100 } })
    expect(fresh.memory()?.set.bias).toBeUndefined()

    const set = steering(TWO)
    settle(set)
    const before = set.memory()?.set.bias
    set.tick({ aws: { load: 500 }, hetzner: { load: 'missing' } })
    set.tick({ aws: { load: 800 }, hetzner: { load: 100, probe: 'red' } })
    expect(set.memory()?.set.bias).toEqual(before)
  })

  test('does not move when the shares are as intended', () => {
    const set = steering(TWO)
    settle(set)
    serve(set, 600, 20)
    expect(set.memory()?.set.bias?.aws).toBeCloseTo(1)
  })
})
