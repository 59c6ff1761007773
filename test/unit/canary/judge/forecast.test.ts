// The forecast of the time to a verdict, beside simulation with the judge itself.
import { describe, expect, test } from 'vitest'
import { forecastVerdict, type Traffic } from '#canary/judge/forecast.ts'
import { judgeMinute, newJudgeState } from '#canary/judge/judge-minute.ts'
import { seededRandom } from '#cli/judge/seeded-random.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import { judgeSettings } from '#test/builders/judge.ts'

const HOUR = { requestsPerMinute: 600, share: 0.1, baseFailureRatio: 0.005 }

/** Knuth's product of uniforms: for small means. */
function poisson(mean: number, random: () => number): number {
  let [count, product] = [0, random()]
  while (product > Math.exp(-mean)) {
    count++
    product *= random()
  }
  return count
}

/** Minutes until the verdict, in each of the runs; a run ends after `most`. */
function simulate(
  settings: JudgeSettings,
  { requestsPerMinute, share, baseFailureRatio }: Traffic,
  ratio: number,
  verdict: string,
  runs = 200,
  most = 300,
) {
  const random = seededRandom(7)
  const canary = Math.round(requestsPerMinute * share)
  const control = Math.round(requestsPerMinute * (1 - share))
  return Array.from({ length: runs }, () => {
    let state = newJudgeState(settings)
    for (let minute = 0; minute < most; minute++) {
      const failures = [poisson(canary * baseFailureRatio * ratio, random), poisson(control * baseFailureRatio, random)] as const
      const judged = judgeMinute(
        state,
        { minute, canary: { requests: canary, failures: failures[0] }, control: { requests: control, failures: failures[1] } },
        settings,
      )
      state = judged.state
      if (judged.verdict.verdict === verdict) return minute + 1
    }
    return most
  }).sort((a, b) => a - b)
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0

describe('the forecast', () => {
  test.each<[number, Traffic]>([
    [4, HOUR],
    [10, HOUR],
    [10, { ...HOUR, requestsPerMinute: 120 }],
    [4, { ...HOUR, share: 0.5 }],
    [2, { ...HOUR, requestsPerMinute: 6000 }],
  ])('of a fail at ×%d is that of simulation, to a third and a minute', (ratio, traffic) => {
    const settings = judgeSettings()
    const forecast = forecastVerdict(settings, traffic).fail.find((one) => one.ratio === ratio)?.minutes ?? 0
    const seen = median(simulate(settings, traffic, ratio, 'fail'))
    expect(Math.abs(forecast - seen)).toBeLessThan(1 + seen / 3)
  })

  test.each<[JudgeSettings, Traffic]>([
    [judgeSettings(), HOUR],
    [judgeSettings(), { ...HOUR, share: 0.5 }],
    [judgeSettings({ maxRatio: 3 }), HOUR],
    [judgeSettings({ maxFailureRatio: 0.01 }), { ...HOUR, baseFailureRatio: 0.0005 }],
  ])('of a pass is that of simulation, to a third and a minute', (settings, traffic) => {
    const seen = median(simulate(settings, traffic, 1, 'pass'))
    expect(Math.abs(forecastVerdict(settings, traffic).passMinutes - seen)).toBeLessThan(1 + seen / 3)
  })

  test('of the chance within an hour is that of simulation, to a tenth', () => {
    const low = { ...HOUR, requestsPerMinute: 60 }
    for (const { ratio, chanceWithinHour } of forecastVerdict(judgeSettings(), low).fail) {
      const found = simulate(judgeSettings(), low, ratio, 'fail', 300, 61).filter((minutes) => minutes <= 60).length / 300
      expect(Math.abs(chanceWithinHour - found)).toBeLessThan(0.1)
    }
  })

  test('is never without traffic, without failures to compare, or for a metric that may not abort', () => {
    expect(forecastVerdict(judgeSettings(), { ...HOUR, requestsPerMinute: 0 }).passMinutes).toBe(Number.POSITIVE_INFINITY)
    expect(forecastVerdict(judgeSettings(), { ...HOUR, baseFailureRatio: 0 }).fail.map(({ minutes }) => minutes)).toEqual(
      Array(3).fill(Number.POSITIVE_INFINITY),
    )
    const mute = judgeSettings({ metrics: [{ kind: 'failures', aborts: false }] })
    expect(forecastVerdict(mute, HOUR).fail[0]).toEqual({ ratio: 2, minutes: Number.POSITIVE_INFINITY, chanceWithinHour: 0 })
  })

  test('of two metrics is later by what half the stake costs', () => {
    const two = judgeSettings({ metrics: [{ kind: 'failures' }, { kind: 'count', name: 'timeouts' }] })
    const [one, both] = [judgeSettings(), two].map((settings) => forecastVerdict(settings, HOUR).fail[1]?.minutes ?? 0)
    expect((both ?? 0) - (one ?? 0)).toBeGreaterThan(0.3)
    expect((both ?? 0) - (one ?? 0)).toBeLessThan(2)
  })
})
