// The judge: what must hold whatever is counted.
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { judgeMinute, newJudgeState } from '#canary/judge/judge-minute.ts'
import { oddsGain } from '#canary/judge/odds.ts'
import { replay } from '#canary/judge/replay.ts'
import { seededRandom } from '#cli/judge/seeded-random.ts'
import type { JudgeMinute } from '#model/judge-minute.ts'
import { JudgeState } from '#model/judge-state.ts'
import type { Verdict } from '#model/verdict.ts'
import { judgeSettings } from '#test/builders/judge.ts'

const arm = fc
  .nat({ max: 5000 })
  .chain((requests) =>
    fc.record({ requests: fc.constant(requests), failures: fc.oneof(fc.nat({ max: Math.min(requests, 20) }), fc.nat({ max: requests })) }),
  )
const some = fc.record({ canary: arm, control: arm })
const missing = fc.oneof(fc.record({ canary: arm }), fc.record({ control: arm }), fc.constant({}))
const frozen = some.map((minute) => ({ ...minute, frozen: 'failover' }))
const trace = fc
  .array(fc.oneof({ weight: 8, arbitrary: some }, { weight: 1, arbitrary: missing }, { weight: 1, arbitrary: frozen }), { maxLength: 40 })
  .map((all) => all.map((minute, i): JudgeMinute => ({ minute: i, ...minute })))

const settings = fc
  .record({
    alpha: fc.constantFrom(0.001, 0.01, 0.1),
    toleratedRatio: fc.constantFrom(1, 1.5, 3),
    maxFailureRatio: fc.constantFrom(undefined, 0.01),
    guardFailureRatio: fc.constantFrom(undefined, 0.02),
  })
  .map((given) => judgeSettings(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))))

/** The evidence goes on, whatever it is. */
const NEVER = judgeSettings({ metrics: [{ kind: 'failures', aborts: false }] })

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

describe('the verdict', () => {
  test.prop([trace, settings])('monotone verdict: a fail is for ever', (minutes, given) => {
    const kinds = replay(minutes, given).map(({ verdict }) => verdict)
    const first = kinds.indexOf('fail')
    if (first >= 0) expect(kinds.slice(first)).toEqual(kinds.slice(first).map(() => 'fail'))
  })

  test.prop([trace, settings])(
    'no promotion on missing data: a minute without both arms, or not judged, never passes',
    (minutes, given) => {
      for (const [i, { verdict, isCounted }] of replay(minutes, given).entries()) {
        const minute = minutes[i]
        if (minute?.canary === undefined || minute.control === undefined || minute.frozen !== undefined) {
          expect(verdict).not.toBe('pass')
          expect(isCounted).toBe(false)
        }
      }
    },
  )

  test.prop([trace, settings])(
    'is the same from a replay as from a state that was stored as JSON between the minutes',
    (minutes, given) => {
      let state = newJudgeState(given)
      const online = minutes.map((minute): Verdict => {
        const judged = judgeMinute(state, minute, given)
        state = JudgeState.parse(JSON.parse(JSON.stringify(judged.state)))
        return judged.verdict
      })
      expect(online).toEqual(replay(minutes, given))
    },
  )

  test.prop([trace, settings])('has finite numbers, and a sentence with them', (minutes, given) => {
    for (const { logE, passLogE, reason } of replay(minutes, given)) {
      expect(Number.isFinite(logE) && Number.isFinite(passLogE)).toBe(true)
      expect(reason.sentence).toMatch(/log E -?\d/)
    }
  })
})

describe('log E', () => {
  test.prop([some.filter(({ canary, control }) => canary.requests > 0 && control.requests > 0), fc.integer({ min: 2, max: 5 })])(
    'is the same for a minute as for its parts, where the share is equal',
    ({ canary, control }, parts) => {
      const whole = {
        canary: { ...canary, requests: canary.requests * parts },
        control: { ...control, requests: control.requests * parts },
      }
      const spread = (failures: number, i: number) => Math.floor(failures / parts) + (i < failures % parts ? 1 : 0)
      const split = Array.from({ length: parts }, (_, minute) => ({
        minute,
        canary: { requests: canary.requests, failures: spread(canary.failures, minute) },
        control: { requests: control.requests, failures: spread(control.failures, minute) },
      }))
      const [one, many] = [replay([{ minute: 0, ...whole }], NEVER), replay(split, NEVER)]
      expect(near(one.at(-1)?.logE ?? 0, many.at(-1)?.logE ?? 1)).toBe(true)
      expect(near(one.at(-1)?.passLogE ?? 0, many.at(-1)?.passLogE ?? 1)).toBe(true)
    },
  )

  test.prop([some, fc.integer({ min: 2, max: 1000 })])(
    'does not depend on how many requests there were, only on whose',
    ({ canary, control }, times) => {
      const more = { canary: { ...canary, requests: canary.requests * times }, control: { ...control, requests: control.requests * times } }
      const [few, many] = [{ canary, control }, more].map((minute) => replay([{ minute: 0, ...minute }], judgeSettings()).at(-1)?.logE ?? 0)
      expect(near(few ?? 0, many ?? 1)).toBe(true)
    },
  )

  test.prop([fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), fc.nat({ max: 50 })])(
    'is highest when all failures are the canary’s, and falls with each that is the control’s',
    (canary, control, failures) => {
      const logs = Array.from({ length: failures + 1 }, (_, ofControl) => {
        const minute = {
          minute: 0,
          canary: { requests: canary + 50, failures: failures - ofControl },
          control: { requests: control + 50, failures: ofControl },
        }
        return replay([minute], NEVER).at(-1)?.metrics.failures?.logE ?? 0
      })
      expect(logs).toEqual([...logs].sort((a, b) => b - a))
    },
  )

  test.prop([arm, arm])('of swapped arms does not blame both', (canary, control) => {
    const blamed = [
      { canary, control },
      { canary: control, control: canary },
    ].filter((minute) => replay([{ minute: 0, ...minute }], judgeSettings()).at(-1)?.verdict === 'fail')
    expect(blamed.length).toBeLessThan(2)
  })

  test.prop([
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 1, max: 200 }),
    fc.nat({ max: 60 }),
    fc.constantFrom(1, 1.5, 3),
    fc.constantFrom(1.5, 5, 100),
  ])(
    'common mode does not blame: given how many failed, no bet wins on average, however many those are',
    (canary, control, failures, ratio, multiple) => {
      // The failures fall on the requests of either arm as under "ratio times as often": the sum over all outcomes is 1.
      const chance = (canary * ratio) / (control + canary * ratio)
      let [sum, term] = [0, (1 - chance) ** failures]
      for (let x = 0; x <= failures; x++) {
        const pair = { canary: { requests: canary, bad: x }, control: { requests: control, bad: failures - x } }
        sum += term * Math.exp(oddsGain(pair, ratio, multiple))
        term *= ((failures - x) / (x + 1)) * (chance / (1 - chance))
      }
      expect(sum).toBeCloseTo(1, 9)
    },
  )
})

describe('over many canaries', () => {
  const random = seededRandom(11)
  const binomial = (n: number, p: number) => Array.from({ length: n }, () => random() < p).filter(Boolean).length

  /** Share of canaries of 80 minutes that ever got this verdict, looked at each minute. */
  function everSaid(verdict: Verdict['verdict'], runs: number, ratio: number, change: object): number {
    const given = judgeSettings(change)
    const said = Array.from({ length: runs }, () => {
      const minutes = Array.from({ length: 80 }, (_, minute): JudgeMinute => {
        // Failures ten times as frequent in both arms for a quarter of the time, and a share that changes.
        const p = minute % 4 === 0 ? 0.2 : 0.02
        const canary = minute < 40 ? 5 : 30
        return {
          minute,
          canary: { requests: canary, failures: binomial(canary, p * ratio) },
          control: { requests: 45, failures: binomial(45, p) },
        }
      })
      return replay(minutes, given).some((one) => one.verdict === verdict)
    })
    return said.filter(Boolean).length / runs
  }

  // Ville's bound with three standard deviations of 250 runs.
  const bound = (chance: number) => chance + 3 * Math.sqrt((chance * (1 - chance)) / 250)

  test('good ones are aborted with a chance of α at most, though looked at each minute', () => {
    expect(everSaid('fail', 250, 1, { alpha: 0.1 })).toBeLessThanOrEqual(bound(0.1))
  })

  test('tolerated ones are, too', () => {
    expect(everSaid('fail', 250, 2, { alpha: 0.1, toleratedRatio: 2 })).toBeLessThanOrEqual(bound(0.1))
  })

  test('those that must not pass do with a chance of β at most', () => {
    expect(everSaid('pass', 250, 2, { beta: 0.1, alpha: 0.0001 })).toBeLessThanOrEqual(bound(0.1))
  })

  test('bad ones are found', () => {
    expect(everSaid('fail', 50, 4, {})).toBeGreaterThan(0.9)
  })
})
