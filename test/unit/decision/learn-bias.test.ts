// What the intended shares miss of the measured ones is learned slowly, and corrected within bounds.
import { describe, expect, test } from 'vitest'
import { poisson } from '#test/builders/poisson.ts'
import { prng } from '#test/builders/prng.ts'
import { type Reported, serve, settle, steering } from '#test/builders/steering.ts'

const TWO = { aws: 500, hetzner: 500 }

describe('the bias between intended and measured shares', () => {
  test('is learned slowly from what is measured', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({ aws: { load: 360 }, hetzner: { load: 240 } })
    const { measured = 0, expected = 0 } = set.memory()?.set.counts?.aws ?? {}
    expect(measured / expected).toBeCloseTo(1 + (1 - Math.exp(-60 / 600)) * 0.2)
  })

  test('corrects nothing before the counts prove it, then ever more', () => {
    const set = steering(TWO)
    settle(set)
    const biases = Array.from({ length: 15 }, () => {
      set.tick({ aws: { load: 360 }, hetzner: { load: 240 } })
      return set.memory()?.set.bias?.aws ?? 0
    })
    expect(biases[1]).toBe(1)
    expect(biases[9]).toBeGreaterThan(1.02)
    expect(biases[14]).toBeGreaterThan(biases[9] ?? 0)
    expect(biases[14]).toBeLessThan(1.2)
  })

  test.each([0.05, 0.2, 1])('takes the counts of %s requests/s for what they are: chance', (rate) => {
    const chance = prng(7)
    for (const ratings of [TWO, { aws: 600, gcp: 300, hetzner: 100 }]) {
      const set = steering(ratings)
      settle(set)
      for (let i = 0; i < 720; i++) {
        const shares = Object.entries(set.memory()?.set.shares ?? {})
        const said = shares.map(([name, share]): [string, Reported] => [name, { load: poisson(60 * rate * share, chance) / 60 }])
        expect(set.tick(Object.fromEntries(said)).isChange).toBe(false)
      }
    }
  })

  test('that changes the shares says so, with its numbers', () => {
    const set = steering(TWO)
    settle(set)
    const decisions = Array.from({ length: 90 }, () => set.tick({ aws: { load: 400 }, hetzner: { load: 200 } }))
    const change = decisions.find(({ isChange }) => isChange)
    expect(change?.reason.code).toBe('bias')
    expect(change?.reason.sentence).toMatch(
      /^(aws|hetzner) 0\.50 → 0\.\d\d: clients bring [01]\.\d\d times the share its records ask for, and the shares lean against that; serves \d+ requests\/s, estimate 500, at 0\.\d\d of its capacity$/,
    )
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
