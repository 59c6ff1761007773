// The invariants of docs/control.md that a decision alone can break. Each test bears the name of its invariant.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deadTimeSeconds, Policy } from '#model/policy.ts'
import { aDrain, of, type Reported, serve, settle, sharesOf, steering } from '#test/builders/steering.ts'
import { history, ratings, reported } from './histories.ts'

const POLICY = Policy.parse({})
const DEAD = deadTimeSeconds(POLICY.timing, 60)
const SILENT: Reported = { capacity: 'missing', load: 'missing', errors: 'missing' }

describe('fail static', () => {
  test('fail static: a provider whose signals go missing keeps its share', () => {
    fc.assert(
      fc.property(ratings, fc.integer({ min: 1, max: 20 }), (all, ticks) => {
        const set = steering(all)
        const before = sharesOf(settle(set))
        const name = Object.keys(all)[0] ?? ''
        for (let i = 0; i < ticks; i++) {
          const decision = set.tick({ [name]: SILENT })
          expect(of(decision, name).share).toBeCloseTo(before[name] ?? 0, 9)
          expect(of(decision, name).condition.kind).toBe('unknown')
        }
      }),
      { numRuns: 60 },
    )
  })

  test('fail static: a provider whose signals go missing keeps its share while the capacity of another changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 500 }), fc.double({ min: 0.4, max: 0.8, noNaN: true }), (rating, part) => {
        const set = steering({ aws: rating, gcp: rating, hetzner: rating })
        settle(set)
        const load = 0.1 * rating
        const said = { aws: { capacity: part * rating, load }, gcp: { load }, hetzner: SILENT }
        const decisions = Array.from({ length: 15 }, () => set.tick(said))
        expect(decisions.some(({ isChange }) => isChange)).toBe(true)
        for (const decision of decisions) expect(of(decision, 'hetzner').share).toBeCloseTo(1 / 3, 2)
      }),
      { numRuns: 30 },
    )
  })

  test('fail static: when more than half of the required signals are missing, only checks and operators move anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 50, max: 1000 }), { minLength: 3, maxLength: 4 }), history(8), (sizes, states) => {
        const all = Object.fromEntries(sizes.map((size, i) => [`cloud-${i}`, size]))
        const set = steering(all)
        settle(set)
        const before = sharesOf(set.tick())
        const quiet = Object.fromEntries(Object.keys(all).map((name) => [name, { ...SILENT, probe: 'unknown' as const }]))
        for (const tick of states) {
          // One alone speaks, and may fail as it likes behind a green check.
          const only = reported(all, tick)['cloud-0']
          const decision = set.tick({ ...quiet, 'cloud-0': { ...only, capacity: 400, probe: 'green' } })
          expect(decision.isChange).toBe(false)
          expect(sharesOf(decision)).toEqual(before)
          expect(decision.notices.map(({ code }) => code)).toContain('signals-missing')
        }
      }),
      { numRuns: 60 },
    )
  })

  test('fail static: a provider that failed and then fell silent is not cut any further', () => {
    const set = steering({ aws: 500, gcp: 400, hetzner: 300 })
    settle(set)
    const failed = of(set.tick({ hetzner: { load: 180, errors: 60 } }), 'hetzner').share
    for (let i = 0; i < 20; i++) expect(of(set.tick({ hetzner: SILENT }), 'hetzner').share).toBeCloseTo(failed, 9)
  })

  test('fail static: missing is never 0', () => {
    fc.assert(
      fc.property(ratings, (all) => {
        const set = steering(all)
        settle(set)
        const name = Object.keys(all)[0] ?? ''
        expect(of(set.tick({ [name]: { capacity: 'missing' } }), name).capacityEstimate).toBeCloseTo(all[name] ?? 0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('panic', () => {
  const share = (shares: Record<string, number>, names: readonly string[]) => names.reduce((sum, name) => sum + (shares[name] ?? 0), 0)

  test('panic: when every check is red, the shares stay where nominal capacity puts them', () => {
    fc.assert(
      fc.property(ratings, fc.integer({ min: 1, max: 12 }), (all, ticks) => {
        const set = steering(all)
        const before = sharesOf(settle(set))
        const red = Object.fromEntries(Object.keys(all).map((name) => [name, { probe: 'red' as const, load: 0 }]))
        for (let i = 0; i < ticks; i++) {
          const after = sharesOf(set.tick(red))
          for (const name of Object.keys(all)) expect(after[name]).toBeCloseTo(before[name] ?? 0, 1)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('panic: one red provider of two is no panic, however large it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 1000 }), fc.integer({ min: 50, max: 1000 }), (a, b) => {
        const set = steering({ aws: a, hetzner: b })
        settle(set)
        const decisions = Array.from({ length: 5 }, () => set.tick({ aws: { probe: 'red', load: 0 } }))
        expect(decisions.flatMap(({ notices }) => notices.map(({ code }) => code))).not.toContain('panic')
        const last = decisions.at(-1)
        if (last === undefined) throw new Error('there are five decisions')
        expect(of(last, 'aws')).toMatchObject({ role: 'withheld', share: 0 })
      }),
      { numRuns: 60 },
    )
  })

  test('panic: it is said exactly when two are red, or all, and less than half of the capacity is left', () => {
    fc.assert(
      fc.property(ratings, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (all, isRed) => {
        const names = Object.keys(all)
        const red = names.filter((_, i) => isRed[i])
        const set = steering(all)
        settle(set)
        // Four minutes are longer than downAfter: every red one is down by then.
        const said = Object.fromEntries(red.map((name) => [name, { probe: 'red' as const, load: 0 }]))
        for (let i = 0; i < 4; i++) set.tick(said)
        const decision = set.tick(said)
        const left = share(all, names) - share(all, red)
        const isExpected = (red.length >= 2 || red.length === names.length) && left < 0.5 * share(all, names)
        expect(decision.notices.some(({ code }) => code === 'panic')).toBe(isExpected)
        for (const name of red) {
          if (isExpected) expect(of(decision, name).role).toBe('serving')
          // A share that is hardly above the return weight is not worth a write.
          else expect(set.memory()?.set.shares[name]).toBeLessThanOrEqual(POLICY.guards.returnWeight + 0.01)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('velocity', () => {
  test('velocity: signals take away no more than maxRemoval within one dead time', () => {
    fc.assert(
      fc.property(ratings, history(15), (all, states) => {
        const set = steering(all)
        settle(set)
        const removals: { at: number; share: number }[] = []
        for (const tick of states) {
          const green = reported(
            all,
            tick.map((one) => ({
              ...one,
              probe: 'green' as const,
              capacity: one.capacity === 'missing' ? ('missing' as const) : Math.max(0.05, one.capacity),
            })),
          )
          const before = set.memory()?.set.shares ?? {}
          const decision = set.tick(green)
          if (!decision.isChange || decision.cause !== 'signal') continue
          const after = set.memory()?.set.shares ?? {}
          removals.push({
            at: set.now(),
            share: Object.keys(all).reduce((sum, name) => sum + Math.max(0, (before[name] ?? 0) - (after[name] ?? 0)), 0),
          })
          const recent = removals.filter(({ at }) => set.now() - at < DEAD)
          expect(recent.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(POLICY.guards.maxRemoval + 1e-9)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('velocity: a cloud that carries most and fails nearly everything loses maxRemoval at once, and the rest a dead time later', () => {
    const set = steering({ aws: 800, hetzner: 200 })
    settle(set)
    const failing = { aws: { load: 120, errors: 114 }, hetzner: { load: 30 } }
    expect(of(set.tick(failing), 'aws').share).toBeCloseTo(0.8 - POLICY.guards.maxRemoval)
    const later = Array.from({ length: 4 }, () => of(set.tick(failing), 'aws').share)
    expect(later.slice(0, 2)).toEqual([later[0], later[0]])
    expect(later.at(-1)).toBeLessThan(0.1)
  })

  test('velocity: in a correction nobody gains more than maxGrowth in one tick', () => {
    fc.assert(
      fc.property(ratings, fc.double({ min: 0.05, max: 1, noNaN: true }), (all, part) => {
        const name = Object.keys(all)[0] ?? ''
        const small = { [name]: { capacity: part * (all[name] ?? 0) } }
        const set = steering(all)
        for (let i = 0; i < 15; i++) set.tick(small)
        for (let i = 0; i < 15; i++) {
          const before = set.memory()?.set.shares ?? {}
          set.tick()
          const after = set.memory()?.set.shares ?? {}
          for (const one of Object.keys(all))
            expect((after[one] ?? 0) - (before[one] ?? 0)).toBeLessThanOrEqual(POLICY.guards.maxGrowth + 1e-9)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('capacity-capped failover', () => {
  test('capacity-capped failover: nobody is pushed above the ceiling while another has room, else the overload is even', () => {
    fc.assert(
      fc.property(ratings, fc.double({ min: 0.1, max: 1.4, noNaN: true }), fc.nat(3), (all, fullness, which) => {
        const names = Object.keys(all)
        const lost = names[which % names.length] ?? ''
        const left = names.filter((name) => name !== lost)
        const capacity = left.reduce((sum, name) => sum + (all[name] ?? 0), 0)
        const demand = fullness * capacity
        const set = steering(all)
        set.tick()
        const decision = serve(set, demand, 8, { [lost]: { probe: 'red' } })
        const ratios = left.map((name) => (demand * of(decision, name).share) / (all[name] ?? 1))
        const highest = Math.max(...ratios)
        const lowest = Math.min(...ratios)
        // The deadband leaves shares alone that are within `band` of where they should be.
        if (highest > POLICY.guards.ceiling * (1 + POLICY.estimator.band))
          expect(lowest).toBeGreaterThan(highest * (1 - 2 * POLICY.estimator.band))
      }),
      { numRuns: 100 },
    )
  })
})

describe('gated return', () => {
  test('gated return: a green check alone brings back a trickle; growth takes settled time, good windows and a ramp', () => {
    fc.assert(
      fc.property(ratings, fc.nat(3), fc.integer({ min: 1, max: 20 }), (all, which, minutes) => {
        const names = Object.keys(all)
        const lost = names[which % names.length] ?? ''
        const rest = names.filter((name) => name !== lost).reduce((sum, name) => sum + (all[name] ?? 0), 0)
        const nominal = all[lost] ?? 0
        const set = steering(all)
        set.tick()
        const demand = 0.4 * rest
        serve(set, demand, 6, { [lost]: { probe: 'red', load: 0 } })
        const { rampStart, rampSeconds, settleSeconds } = POLICY.estimator
        for (let minute = 0; minute < minutes; minute++) {
          const decision = serve(set, demand, 1, { [lost]: { load: demand * (set.memory()?.set.shares[lost] ?? 0) } })
          const grown = rampStart * nominal + (nominal * Math.max(0, 60 * (minute + 1) - settleSeconds)) / rampSeconds
          expect(of(decision, lost).capacityEstimate).toBeLessThanOrEqual(grown + 1e-6)
          const mostShare = Math.max(POLICY.guards.returnWeight, grown / (grown + rest))
          expect(of(decision, lost).share).toBeLessThanOrEqual(mostShare * 1.01 + 0.001)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('gated return: a provider that returns without proof of good windows stays at its trickle', () => {
    const set = steering({ aws: 500, hetzner: 300 })
    settle(set)
    for (let i = 0; i < 5; i++) set.tick({ aws: { load: 200 }, hetzner: { probe: 'red', load: 0 } })
    for (let i = 0; i < 30; i++) {
      const decision = set.tick({ aws: { load: 200 }, hetzner: { load: 'missing' } })
      expect(of(decision, 'hetzner').share).toBeLessThanOrEqual(POLICY.guards.returnWeight + 1e-9)
    }
  })

  test('gated return: growth needs two good windows, however long the check has been green', () => {
    const set = steering({ aws: 500, hetzner: 300 })
    settle(set)
    for (let i = 0; i < 5; i++) set.tick({ aws: { load: 200 }, hetzner: { probe: 'red', load: 0 } })
    for (let i = 0; i < 10; i++) set.tick({ aws: { load: 200 }, hetzner: { load: 'missing' } })
    const estimates = Array.from(
      { length: 2 },
      () => of(set.tick({ aws: { load: 200 }, hetzner: { load: 4 } }), 'hetzner').capacityEstimate,
    )
    expect(estimates[0]).toBeCloseTo(POLICY.estimator.rampStart * 300)
    expect(estimates[1]).toBeGreaterThan(20)
  })

  test('gated return: it comes all the way back when nothing fails', () => {
    const set = steering({ aws: 500, hetzner: 300 })
    settle(set)
    for (let i = 0; i < 5; i++) set.tick({ aws: { load: 200 }, hetzner: { probe: 'red', load: 0 } })
    const decision = serve(set, 300, 40)
    expect(of(decision, 'hetzner').share).toBeCloseTo(0.375, 1)
  })
})

describe('dead time', () => {
  test('dead time: noise of ±10 % writes nothing', () => {
    fc.assert(
      fc.property(ratings, fc.infiniteStream(fc.double({ min: 0.9, max: 1.1, noNaN: true })), (all, noise) => {
        const noisy = (value: number) => value * (noise.next().value ?? 1)
        const set = steering(all)
        set.tick()
        for (let i = 0; i < 40; i++) {
          const total = Object.values(all).reduce((sum, rating) => sum + rating, 0)
          const said = Object.fromEntries(
            Object.entries(all).map(([name, rating]) => {
              const share = set.memory()?.set.shares[name] ?? 0
              return [name, { capacity: noisy(rating), load: noisy(0.6 * total * share) }]
            }),
          )
          expect(set.tick(said).isChange).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('dead time: a second correction waits for it; only a further cut of a failing provider beyond the band does not', () => {
    fc.assert(
      fc.property(ratings, history(20), (all, states) => {
        const set = steering(all)
        settle(set)
        let lastWriteAt = Number.NEGATIVE_INFINITY
        for (const tick of states) {
          const said = reported(
            all,
            tick.map((one) => ({
              ...one,
              probe: 'green' as const,
              capacity: one.capacity === 'missing' ? ('missing' as const) : Math.max(0.05, one.capacity),
            })),
          )
          const decision = set.tick(said)
          if (!decision.isChange) continue
          const isCut = Object.keys(all).some((name) => {
            const memory = set.memory()?.providers[name]
            return memory?.isBad === true && of(decision, name).share < of(decision, name).shareBefore
          })
          if (!isCut && decision.cause === 'signal') expect(set.now() - lastWriteAt).toBeGreaterThanOrEqual(DEAD)
          lastWriteAt = set.now()
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('zero means what policy says', () => {
  test('zero means what policy says: a share is 0 only when drained, down, or in a closed tier', () => {
    fc.assert(
      fc.property(ratings, history(12), fc.boolean(), (all, states, isDrained) => {
        const set = steering(all)
        settle(set)
        const overrides = isDrained ? [aDrain(Object.keys(all)[0] ?? '')] : []
        for (const tick of states) {
          for (const one of set.tick(reported(all, tick), { overrides }).providers) {
            // One that came back from nothing waits at nothing until the dead time is over.
            if (one.role === 'none' && one.shareBefore > 0) expect(['drained', 'down']).toContain(one.condition.kind)
            if (one.role === 'withheld') expect(one.condition).toMatchObject({ kind: 'down', isRed: true })
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('validated numbers', () => {
  test('validated numbers: whatever is reported, shares are finite, between 0 and 1, and sum to 1', () => {
    fc.assert(
      fc.property(ratings, history(25), fc.nat(25), (all, states, drainedFrom) => {
        const set = steering(all)
        set.tick()
        for (const [i, tick] of states.entries()) {
          const decision = set.tick(reported(all, tick), { overrides: i >= drainedFrom ? [aDrain(Object.keys(all)[0] ?? '')] : [] })
          for (const { share, capacityEstimate, shareBefore } of decision.providers) {
            for (const value of [share, shareBefore]) expect(value).toBeGreaterThanOrEqual(0)
            for (const value of [share, shareBefore]) expect(value).toBeLessThanOrEqual(1 + 1e-9)
            expect(Number.isFinite(capacityEstimate)).toBe(true)
          }
          expect(decision.providers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('validated numbers: a human override wins over every signal and ends when it expires', () => {
    fc.assert(
      fc.property(ratings, history(6), (all, states) => {
        const set = steering(all)
        settle(set)
        const name = Object.keys(all)[0] ?? ''
        const overrides = [aDrain(name, { expiresAt: set.now() + 60 * states.length + 1 })]
        for (const tick of states) {
          // Somebody else may serve: a drain of the last one would leave nobody, and is not carried out.
          const said = reported(
            all,
            tick.map((one, i) => (i === 1 ? { ...one, probe: 'green' as const, capacity: 1 } : one)),
          )
          expect(of(set.tick(said, { overrides }), name).share).toBe(0)
        }
        expect(of(set.tick({}, { overrides }), name).condition.kind).not.toBe('drained')
      }),
      { numRuns: 60 },
    )
  })
})
