// Whole decisions over a few ticks: cold start, brownout, failure, return, and what each of them tells.
import { describe, expect, test } from 'vitest'
import { Policy } from '#model/policy.ts'
import { aDrain, of, serve, settle, sharesOf, steering } from '#test/builders/steering.ts'

const TWO = { aws: 500, hetzner: 300 }
const THREE = { aws: 500, gcp: 300, hetzner: 200 }

describe('cold start', () => {
  test('the first shares follow the ratings', () => {
    const decision = steering(TWO).tick()
    expect(decision).toMatchObject({ isChange: true, cause: 'initial' })
    expect(sharesOf(decision)).toEqual({ aws: 0.625, hetzner: 0.375 })
  })

  test('the first write waits until every probe has been seen', () => {
    const set = steering(TWO)
    expect(set.tick({ hetzner: { probe: 'unknown' } })).toMatchObject({ isChange: false, cause: 'initial' })
    expect(sharesOf(set.tick())).toEqual({ aws: 0.625, hetzner: 0.375 })
  })

  test('a provider that is down from the beginning gets a return weight behind its red check', () => {
    const decision = steering(TWO).tick({ hetzner: { probe: 'red', load: 0 } })
    expect(of(decision, 'hetzner')).toMatchObject({ role: 'withheld', share: 0 })
    expect(of(decision, 'aws').share).toBeCloseTo(1)
  })
})

describe('a brownout behind a green check', () => {
  function brownedOut() {
    const set = steering(TWO)
    settle(set)
    // 192 of 400 requests/s would be hetzner's at these shares; it serves 96 of 112 for the sake of the sentence.
    return { set, decision: set.tick({ aws: { load: 250 }, hetzner: { load: 112, errors: 16 } }) }
  }

  test('takes share from the failing provider at once', () => {
    const { decision } = brownedOut()
    expect(decision).toMatchObject({ isChange: true, cause: 'signal' })
    expect(of(decision, 'hetzner').share).toBeLessThan(0.2)
  })

  test('is explained with its numbers', () => {
    const { decision } = brownedOut()
    expect(of(decision, 'hetzner').reason.sentence).toMatch(
      /^hetzner 0\.38 → 0\.\d+: 96 of 112 requests\/s served \(14 % failed\), estimate 300 → 96, for now less than that asks for, so that cached answers drain; aws takes the rest at 0\.\d\d of its capacity$/,
    )
    expect(decision.reason).toEqual(of(decision, 'hetzner').reason)
  })

  test('is not integrated twice when an alarm calls again on the same window', () => {
    const { set } = brownedOut()
    const before = set.memory()
    const again = set.tick({ aws: { load: 250 }, hetzner: { load: 112, errors: 16 } }, { elapsedSeconds: 5, isSameWindow: true })
    expect(again.isChange).toBe(false)
    expect(set.memory()?.providers).toEqual(before?.providers)
  })

  test('a surge that overloads a provider is relieved without undershoot', () => {
    const set = steering(THREE)
    settle(set)
    const surged = set.tick({ aws: { load: 550, errors: 50 }, gcp: { load: 200 }, hetzner: { load: 130 } })
    expect(of(surged, 'aws').capacityEstimate).toBeCloseTo(500, 0)
    expect(of(surged, 'aws').share).toBeGreaterThan(0.45)
  })

  test('nobody is moved when every provider in service fails', () => {
    const set = steering(TWO)
    const before = sharesOf(settle(set))
    const decision = set.tick({ aws: { load: 400, errors: 80 }, hetzner: { load: 240, errors: 48 } })
    expect(decision).toMatchObject({ isChange: false, cause: 'hold' })
    expect(sharesOf(decision)).toEqual(before)
    expect(decision.notices.map(({ code }) => code)).toContain('all-failing')
  })

  test('is undone as soon as the load that is served proves more capacity', () => {
    const { set } = brownedOut()
    for (let i = 0; i < 30; i++) set.tick({ aws: { load: 250 }, hetzner: { load: 150 } })
    expect(of(set.tick({ aws: { load: 250 }, hetzner: { load: 150 } }), 'hetzner').capacityEstimate).toBeGreaterThanOrEqual(150)
  })
})

describe('a provider that is down', () => {
  test('loses its share and keeps a return weight behind its red check', () => {
    const set = steering(TWO)
    settle(set)
    const decision = set.tick({ aws: { load: 200 }, hetzner: { probe: 'red', load: 120, errors: 120 } })
    expect(decision).toMatchObject({ isChange: true, cause: 'probe' })
    expect(of(decision, 'hetzner')).toMatchObject({ role: 'withheld', share: 0 })
    expect(of(decision, 'aws')).toMatchObject({ role: 'serving', share: 1 })
    expect(of(decision, 'hetzner').reason.sentence).toBe(
      'hetzner 0.38 → 0.00: is down: its checks have been red for 0 s; aws takes the rest at 0.64 of its capacity',
    )
  })

  test('behind a green check gets no weight at all, because nothing would withhold it', () => {
    const set = steering(TWO)
    settle(set)
    expect(of(set.tick({ hetzner: { capacity: 0 } }), 'hetzner')).toMatchObject({ role: 'none', share: 0 })
  })

  test('is judged by its checks even when most other signals are missing', () => {
    const set = steering(THREE)
    settle(set)
    const silent = { capacity: 'missing', load: 'missing', errors: 'missing' } as const
    for (let i = 0; i < 4; i++) set.tick({ aws: silent, gcp: silent, hetzner: { ...silent, probe: 'red' } })
    expect(of(set.tick({ aws: silent, gcp: silent, hetzner: { ...silent, probe: 'red' } }), 'hetzner')).toMatchObject({ role: 'withheld' })
  })

  test('leaves its traffic to the only one that may serve, although that one says too little to be moved by signals', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({ aws: { capacity: 0 } })
    const decision = set.tick({ aws: { load: 'missing' }, hetzner: { capacity: 0 } })
    expect(sharesOf(decision)).toEqual({ aws: 1, hetzner: 0 })
  })

  test('and silent has no demand any more once its clients have moved', () => {
    const set = steering(TWO)
    settle(set)
    const dead = { probe: 'red', capacity: 'missing', load: 'missing', errors: 'missing' } as const
    expect(set.tick({ aws: { load: 300 }, hetzner: dead }).demand).toBeCloseTo(480)
    for (let i = 0; i < 6; i++) set.tick({ aws: { load: 480 }, hetzner: dead })
    expect(set.tick({ aws: { load: 480 }, hetzner: dead }).demand).toBeCloseTo(480)
  })

  test('had failures before its check turned red: the outage explains them, they teach no limit', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({ aws: { load: 490 }, hetzner: { load: 180, errors: 180 } })
    expect(set.memory()?.providers.hetzner?.limit).toBeDefined()
    set.tick({ aws: { load: 490 }, hetzner: { load: 180, errors: 180, probe: 'red' } })
    expect(set.memory()?.providers.hetzner?.limit).toBeUndefined()
  })
})

describe('a drain', () => {
  test('takes all share at once and gives it back when it ends', () => {
    const set = steering(TWO)
    settle(set)
    const overrides = [aDrain('hetzner')]
    const drained = set.tick({}, { overrides })
    expect(drained).toMatchObject({ isChange: true, cause: 'override' })
    expect(of(drained, 'hetzner')).toMatchObject({ role: 'none', share: 0 })
    expect(set.tick({}, { overrides }).isChange).toBe(false)
    const undrained = set.tick()
    expect(undrained).toMatchObject({ isChange: true, cause: 'override' })
    expect(of(undrained, 'hetzner').share).toBeCloseTo(0.375, 2)
  })

  test('binds even inside the dead time and while most signals are missing', () => {
    const set = steering(TWO)
    settle(set)
    const silent = { probe: 'unknown', capacity: 'missing', load: 'missing', errors: 'missing' } as const
    expect(of(set.tick({ aws: silent, hetzner: silent }, { overrides: [aDrain('hetzner')] }), 'hetzner').share).toBe(0)
  })

  const speechless = { capacity: 'missing', load: 'missing', errors: 'missing' } as const

  test('that ends while signals are missing gives back the part of the capacity last known, and says so', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({}, { overrides: [aDrain('hetzner')] })
    const undrained = set.tick({ aws: speechless, hetzner: speechless })
    expect(undrained).toMatchObject({ isChange: true, cause: 'override' })
    expect(of(undrained, 'hetzner')).toMatchObject({ share: expect.closeTo(0.375, 2), reason: { code: 'undrained' } })
    expect(of(undrained, 'hetzner').reason.sentence).toBe(
      'hetzner 0.00 → 0.37: nobody drains it any more; while nothing is known of its capacity, load, errors it gets its part by the capacity last known, 300 requests/s',
    )
    expect(of(set.tick({ aws: speechless, hetzner: speechless }), 'hetzner').share).toBeCloseTo(0.375, 2)
  })

  test('that ends while nobody sees the check waits for it to be seen green, however long that takes', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({}, { overrides: [aDrain('hetzner')] })
    const unseen = { ...speechless, probe: 'unknown' } as const
    for (let i = 0; i < 5; i++) expect(set.tick({ aws: speechless, hetzner: unseen }).isChange).toBe(false)
    expect(of(set.tick({ aws: speechless, hetzner: speechless }), 'hetzner').share).toBeCloseTo(0.375, 2)
  })

  test('of everybody changes nothing and says so', () => {
    const set = steering(TWO)
    settle(set)
    const decision = set.tick({}, { overrides: [aDrain('aws'), aDrain('hetzner')] })
    expect(decision).toMatchObject({ isChange: false, cause: 'hold' })
    expect(decision.notices.map(({ code }) => code)).toContain('nobody-may-serve')
  })
})

describe('reported capacity', () => {
  test('that halves is followed at the next window, because it is far beyond noise', () => {
    const set = steering(TWO)
    settle(set)
    const decision = set.tick({ aws: { capacity: 250 } })
    expect(decision.isChange).toBe(true)
    expect(of(decision, 'aws').share).toBeCloseTo(250 / 550, 2)
  })

  test('that drifts a little is tidied up after ten minutes', () => {
    const set = steering(TWO)
    settle(set)
    const changes = Array.from({ length: 30 }, () => set.tick({ aws: { capacity: 400 } })).filter(({ isChange }) => isChange)
    expect(changes).toHaveLength(1)
  })
})

describe('tiers', () => {
  const bounds = { standby: { minShare: 0, maxShare: 0 } }
  const ratings = { aws: 300, hetzner: 300, standby: 400 }

  test('a lower tier gets nothing while those above it have room', () => {
    const set = steering(ratings, { bounds })
    set.tick()
    expect(of(serve(set, 480, 10), 'standby')).toMatchObject({ role: 'none', share: 0 })
  })

  test('a lower tier takes what is above the ceiling of those above it', () => {
    const set = steering(ratings, { bounds })
    set.tick()
    expect(of(serve(set, 600, 20), 'standby').share).toBeCloseTo((600 - 0.85 * 600) / 600, 2)
  })

  test('a lower tier takes everything when nobody above it may serve', () => {
    const set = steering(ratings, { bounds })
    settle(set)
    const decision = set.tick({}, { overrides: [aDrain('aws'), aDrain('hetzner')] })
    expect(of(decision, 'standby').share).toBeCloseTo(1)
  })
})

describe('bounds on shares', () => {
  test('a minShare keeps a trickle on a standby', () => {
    const set = steering({ aws: 900, hetzner: 100 }, { bounds: { hetzner: { minShare: 0.2, maxShare: 1 } } })
    set.tick()
    expect(of(serve(set, 400, 10), 'hetzner').share).toBeCloseTo(0.2)
  })

  test('a minShare never pushes a provider above the ceiling while another has room', () => {
    const set = steering({ aws: 900, hetzner: 100 }, { bounds: { hetzner: { minShare: 0.5, maxShare: 1 } } })
    set.tick()
    expect(of(serve(set, 500, 20), 'hetzner').share).toBeCloseTo((0.85 * 100) / 500)
  })

  test('a maxShare holds although more capacity is there', () => {
    expect(of(settle(steering(TWO, { bounds: { aws: { minShare: 0, maxShare: 0.5 } } })), 'aws').share).toBeCloseTo(0.5)
  })
})

describe('what a person should know', () => {
  test('too little capacity is said with its figures', () => {
    const set = steering(TWO)
    settle(set)
    const decision = set.tick({ aws: { load: 480 }, hetzner: { load: 290 } })
    expect(decision.notices).toEqual([
      { code: 'insufficient-capacity', sentence: '770 requests/s meet 800 of capacity (96 %); the ceiling is 85 %' },
    ])
  })

  test('the measured share stands beside the decided one', () => {
    const decision = settle(steering(TWO))
    expect(of(decision, 'aws').measuredShare).toBeCloseTo(0.625)
  })

  test('a policy with other numbers is followed', () => {
    const policy = Policy.parse({ guards: { returnWeight: 0.1 } })
    const set = steering(TWO, { policy })
    settle(set)
    set.tick({ aws: { load: 200 }, hetzner: { probe: 'red' } })
    expect(set.memory()?.set.shares.hetzner).toBeCloseTo(0.1)
  })
})
