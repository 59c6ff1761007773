// The sentence behind a share: the same numbers in the log, the CLI and the page.
import { describe, expect, test } from 'vitest'
import { explainShare, type ShareFacts } from '#decision/explain-share.ts'
import type { Condition } from '#model/condition.ts'
import { aMember } from '#test/builders/members.ts'

const condition = (kind: Condition['kind'], code: string, sentence: string): Condition => ({
  kind,
  isRed: false,
  reason: { code, sentence },
})
const SERVES = condition('serving', 'serving', 'aws serves 60 requests/s')

const facts = (overrides: Partial<ShareFacts> = {}): ShareFacts => ({
  member: aMember(),
  condition: SERVES,
  before: 0.5,
  after: 0.5,
  isRecordKept: false,
  estimateBefore: 100,
  estimate: 100,
  predictedUtilisation: 0.6,
  isInitial: false,
  bias: 1,
  isByBias: false,
  isRelieved: false,
  wasDrained: false,
  isVelocityBound: false,
  ...overrides,
})
const taker = (name: string, after: number, predictedUtilisation: number | undefined = 0.7) =>
  facts({ member: aMember({ name }), before: 0.25, after, predictedUtilisation })
const said = (overrides: Partial<ShareFacts>, others: ShareFacts[] = []) => explainShare(facts(overrides), others)

describe('a provider that serves', () => {
  test('stays, with its estimate and how full it will be', () => {
    expect(said({})).toEqual({
      code: 'serving',
      sentence: 'aws stays at 0.50: serves 60 requests/s, estimate 100, at 0.60 of its capacity',
    })
  })

  test('moves, and its estimate with it', () => {
    expect(said({ after: 0.4, estimateBefore: 120, estimate: 90 }).sentence).toBe(
      'aws 0.50 → 0.40: serves 60 requests/s, estimate 120 → 90, at 0.60 of its capacity',
    )
  })

  test('moves by at least what can be seen, and its estimate too', () => {
    expect(said({ after: 0.5004, estimate: 100.4 }).sentence).toContain('aws stays at 0.50: serves 60 requests/s, estimate 100,')
    expect(said({ after: 0.4996 }).sentence).toContain('stays at 0.50')
    expect(said({ after: 0.5006 }).sentence).toContain('0.50 → 0.50')
    expect(said({ estimate: 100.5 }).sentence).toContain('estimate 100 → 101')
    expect(said({ estimate: 99.5 }).sentence).toContain('estimate 100 → ')
  })

  test('whose load cannot be foretold is not told how full it will be', () => {
    expect(said({ predictedUtilisation: undefined }).sentence).toBe('aws stays at 0.50: serves 60 requests/s, estimate 100')
  })

  test('goes as far as one step may, when it moves at all', () => {
    expect(said({ after: 0.4, isVelocityBound: true }).sentence).toMatch(/ of its capacity, as far as one step may go$/)
    expect(said({ isVelocityBound: true }).sentence).not.toContain('one step')
  })
})

test('the first share is told with the rating', () => {
  expect(said({ isInitial: true, before: 0 })).toEqual({
    code: 'initial',
    sentence: 'aws begins with 0.50: rated at 100 requests/s; aws serves 60 requests/s',
  })
})

describe('a provider that fails', () => {
  const failing = aMember({ memory: { isBad: true, failing: 15 } })
  const degraded = condition('degraded', 'failing', 'aws fails 25 % of 60 requests/s')

  test('is told by what it serves, and who takes the rest', () => {
    expect(said({ member: failing, condition: degraded, after: 0.3, estimate: 45 }, [taker('hetzner', 0.45)])).toEqual({
      code: 'failing',
      sentence:
        'aws 0.50 → 0.30: 45 of 60 requests/s served (25 % failed), estimate 100 → 45; hetzner takes the rest at 0.70 of its capacity',
    })
  })

  test('says when it gets less than its estimate asks for', () => {
    expect(said({ member: failing, condition: degraded, after: 0.1, estimate: 45, isRelieved: true }).sentence).toBe(
      'aws 0.50 → 0.10: 45 of 60 requests/s served (25 % failed), estimate 100 → 45, for now less than that asks for, so that cached answers drain',
    )
  })

  test('names nobody who takes the rest while it keeps or gains share', () => {
    expect(said({ member: failing, condition: degraded }, [taker('hetzner', 0.45)]).sentence).toBe(
      'aws stays at 0.50: 45 of 60 requests/s served (25 % failed), estimate 100',
    )
    expect(said({ member: failing, condition: degraded, after: 0.6 }, [taker('hetzner', 0.45)]).sentence).not.toContain('takes the rest')
  })

  test('and whose newest load is missing is told by the load that is remembered', () => {
    const member = aMember({ reading: { load: undefined }, memory: { isBad: true, failing: 15, load: { value: 50, residuals: [] } } })
    expect(said({ member, condition: degraded }).sentence).toContain('35 of 50 requests/s served (30 % failed)')
  })

  test('never fails more than all', () => {
    const over = aMember({ reading: { load: 10 }, memory: { isBad: true, failing: 15 } })
    expect(said({ member: over, condition: degraded }).sentence).toContain('0 of 10 requests/s served (100 % failed)')
    const { load: _none, ...memory } = aMember({ memory: { isBad: true, failing: 15 } }).memory
    const unknown = { ...aMember({ reading: { load: undefined } }), memory }
    expect(said({ member: unknown, condition: degraded }).sentence).toContain('0 of 0 requests/s served (100 % failed)')
  })
})

describe('a provider that is down', () => {
  const down = condition('down', 'probe-red', 'aws is down: its checks have been red for 3 min')

  test('says who takes its share', () => {
    expect(said({ condition: down, after: 0 }, [taker('hetzner', 0.75)])).toEqual({
      code: 'probe-red',
      sentence: 'aws 0.50 → 0.00: is down: its checks have been red for 3 min; hetzner takes the rest at 0.70 of its capacity',
    })
  })

  test('says it of several, each with how full it will be', () => {
    const others = [taker('gcp', 0.4), taker('hetzner', 0.3, 0.8), taker('ovh', 0.3, 0.9)]
    expect(said({ condition: down, after: 0 }, others).sentence).toMatch(
      /; the rest goes to gcp at 0\.70 of its capacity, hetzner at 0\.80 of its capacity and ovh at 0\.90 of its capacity$/,
    )
  })

  test('names nobody who does not gain, or of whom it cannot be told how full it will be', () => {
    const unforeseen = { ...taker('ovh', 0.5), predictedUtilisation: undefined }
    expect(said({ condition: down, after: 0 }, [taker('gcp', 0.25), taker('hetzner', 0.2), unforeseen]).sentence).toMatch(/for 3 min$/)
  })

  test('and was so before says nothing of the others', () => {
    expect(said({ condition: down, before: 0, after: 0 }, [taker('hetzner', 0.75)]).sentence).toBe(
      'aws stays at 0.00: is down: its checks have been red for 3 min',
    )
  })
})

test('a provider that is drained is told by that alone', () => {
  expect(said({ condition: condition('drained', 'drained', 'aws is drained by me: maintenance') })).toEqual({
    code: 'drained',
    sentence: 'aws stays at 0.50: is drained by me: maintenance',
  })
})

describe('a provider of which too little is known', () => {
  const unknown = condition('unknown', 'signals-missing', 'aws is unknown: load is missing')
  const missing = { reading: { missing: ['load'] } }
  const fresh = aMember({ ...missing, memory: { load: undefined, capacity: undefined } as never })
  const silent = (overrides: Partial<ShareFacts>, others: ShareFacts[] = []) =>
    said({ member: aMember(missing), condition: unknown, ...overrides }, others)

  test('keeps its share', () => {
    expect(silent({})).toEqual({ code: 'signals-missing', sentence: 'aws stays at 0.50: keeps its share: load is missing' })
  })

  test('and never was keeps none, and says so', () => {
    const never = condition('unknown', 'signals-missing', 'aws has not reported yet: load is missing')
    expect(silent({ member: fresh, condition: never }).sentence).toBe('aws stays at 0.50: has not reported yet: load is missing')
    expect(silent({ member: fresh, condition: never, after: 0.6 }).sentence).toBe(
      'aws 0.50 → 0.60: cannot keep its share and gets its part by its rating, 100 requests/s: load is missing',
    )
  })

  test('that cannot keep its share does not say that it does', () => {
    expect(silent({ after: 0.6 }).sentence).toBe(
      'aws 0.50 → 0.60: cannot keep its share and gets its part by the capacity last known, 100 requests/s: load is missing',
    )
  })

  test('says for whom it makes room', () => {
    const comes = facts({ member: aMember({ ...missing, name: 'hetzner' }), condition: unknown, before: 0, after: 0.1 })
    expect(silent({ after: 0.4 }, [comes]).sentence).toBe('aws 0.50 → 0.40: makes room for hetzner: load is missing')
    expect(silent({ after: 0.6 }, [comes]).sentence).toContain('cannot keep its share')
    expect(silent({ after: 0.4 }, [{ ...comes, condition: SERVES }]).sentence).toContain('cannot keep its share')
  })

  test('whose records stay as they are says why their part is more now', () => {
    expect(silent({ after: 0.51, isRecordKept: true }).sentence).toBe(
      'aws 0.50 → 0.51: its records keep their part, which is more beside what is withheld now: load is missing',
    )
  })
})
