// What each metric says of a canary, beside the limits at which it would decide by itself.
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { Verdict } from '#model/verdict.ts'

export type MetricEvidence = {
  readonly name: string
  readonly logE: number
  /** Where it fails the canary though the others say nothing; undefined when it aborts nothing. */
  readonly limit: number | undefined
  readonly passLogE: number | undefined
  /** What it has to reach for a pass; undefined when it is not critical. */
  readonly passLimit: number | undefined
}

const GUARD = 'guard'

/** In the order of the strategy; the guard is the last, and says nothing for the canary. */
export function evidenceByMetric(
  { metrics: found, guard, limit, passLimit }: Pick<Verdict, 'metrics' | 'guard' | 'limit' | 'passLimit'>,
  { metrics }: Pick<JudgeSettings, 'metrics'>,
): MetricEvidence[] {
  const total = metrics.reduce((sum, { aborts, weight }) => sum + (aborts ? weight : 0), guard === undefined ? 0 : 1)
  // The mean over all weights reaches the limit when this one alone is so much above it.
  const alone = (weight: number) => limit + Math.log(total / weight)
  return [
    ...metrics.flatMap(({ name, aborts, critical, weight }): MetricEvidence[] => {
      const own = found[name]
      if (own === undefined) return []
      return [{ name, ...own, limit: aborts ? alone(weight) : undefined, passLimit: critical ? passLimit : undefined }]
    }),
    ...(guard === undefined ? [] : [{ name: GUARD, logE: guard.canary, limit: alone(1), passLogE: undefined, passLimit: undefined }]),
  ]
}
