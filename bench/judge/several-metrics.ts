// What it costs to judge several metrics: the same fault in one of 1, 2, 4, 8 or 16, the others as good as the control's.
import { judgeMinute, newJudgeState } from '#canary/judge/judge-minute.ts'
import { JudgeSettings } from '#model/judge-settings.ts'
import { drawOf } from './draw.ts'

export type Cost = { readonly metrics: number; readonly found: number; readonly delayMinutes: number; readonly excess: number }

const RATIO = 4

export function severalMetrics(runs: number): Cost[] {
  return [1, 2, 4, 8, 16].map((metrics) => {
    const names = Array.from({ length: metrics - 1 }, (_, i) => `other-${i + 1}`)
    const settings = JudgeSettings.parse({ metrics: [{ kind: 'failures' }, ...names.map((name) => ({ kind: 'count', name }))] })
    const delays = Array.from({ length: runs }, (_, run) => delayOf(settings, names, 500_000_000 + run)).sort((a, b) => a - b)
    return {
      metrics,
      found: delays.filter((delay) => delay <= 60).length / runs,
      delayMinutes: delays[Math.floor(runs / 2)] ?? 60,
      excess: (delays.reduce((sum, delay) => sum + Math.min(60, delay), 0) / runs) * 60 * 0.005 * (RATIO - 1),
    }
  })
}

/** Minutes until the fail at 600 requests/min, 10 % canary, 0.5 % base; 61 when there is none within the hour. */
function delayOf(settings: JudgeSettings, others: readonly string[], seed: number): number {
  // Failures are drawn by themselves, so that they are the same however many metrics there are.
  const [draw, drawOthers] = [drawOf(seed), drawOf(seed + 250_000_000)]
  let state = newJudgeState(settings)
  for (let minute = 0; minute < 60; minute++) {
    const failures = [draw.poisson(60 * 0.005 * RATIO), draw.poisson(540 * 0.005)] as const
    const counts = (mean: number) => Object.fromEntries(others.map((name) => [name, drawOthers.poisson(mean)]))
    const canary = { requests: 60, failures: failures[0], counts: counts(0.3) }
    const control = { requests: 540, failures: failures[1], counts: counts(2.7) }
    const judged = judgeMinute(state, { minute, canary, control }, settings)
    if (judged.verdict.verdict === 'fail') return minute + 1
    state = judged.state
  }
  return 61
}
