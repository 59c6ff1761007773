// One minute of one metric: its bets before → its bets after, and what they say.
import type { JudgedMetric, JudgeSettings } from '#model/judge-settings.ts'
import type { EdgeState } from '#model/judge-state.ts'
import { added, fineGains, limitAlone, newEdge, worseGains } from './bets.ts'
import type { Counted } from './count-minute.ts'
import { logMean } from './log-mean.ts'
import type { Pair } from './odds.ts'

/** maxFailureRatio is about failing requests: not about slow ones, nor about other counts. */
export function newMetric(metric: JudgedMetric, settings: JudgeSettings): EdgeState[] {
  const edges = metric.kind === 'latency' ? (metric.edgesSeconds?.length ?? 0) : 1
  return Array.from({ length: edges }, () => newEdge(settings, metric.kind === 'failures'))
}

/** @param raw failing requests, where failures are counted in clients: a ratio of requests cannot be proven with clients */
export function advanceMetric(
  edges: readonly EdgeState[],
  counted: Counted,
  metric: JudgedMetric,
  settings: JudgeSettings,
  raw: Pair['canary'] | undefined,
): EdgeState[] {
  // Limits are ratios of failing requests, as maxFailureRatio is.
  const limit = metric.kind === 'failures' ? limitAlone(settings) : undefined
  return edges.map((edge, i) => {
    const pair = counted.pairs[i]
    if (pair === undefined) return edge
    return {
      worse: added(edge.worse, worseGains(pair, settings, limit)),
      fine: added(edge.fine, fineGains(pair, settings, metric.kind === 'failures' ? (raw ?? pair.canary) : undefined)),
    }
  })
}

/** The mean over the edges may be bet with; each edge has to pass by itself. */
export function evidenceOf(edges: readonly EdgeState[]): { logE: number; passLogE: number } {
  // A latency whose edges were never frozen bets on nothing, and proves nothing.
  if (edges.length === 0) return { logE: 0, passLogE: 0 }
  return {
    logE: logMean(edges.map(({ worse }) => logMean(worse))),
    passLogE: Math.min(...edges.map(({ fine }) => logMean(fine))),
  }
}
