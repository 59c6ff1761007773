// Series of counts → what each arm did in each closed minute. What is missing stays missing; zero is a count.
import type { ArmMinute, JudgeMinute } from '#model/judge-minute.ts'
import type { JudgedMetric } from '#model/judge-settings.ts'
import type { MetricSeries } from '#model/metric.ts'
import { type Arm, type ArmCount, type ArmQuery, MINUTE_SECONDS } from './arm-queries.ts'

export type Span = {
  /** Epoch seconds; minutes that begin in `[fromSeconds, nowSeconds - lag - 60]` are given. */
  readonly fromSeconds: number
  readonly nowSeconds: number
  readonly lagSeconds: number
}

/**
 * One entry for each closed minute, oldest first, also where nothing is known of it.
 *
 * A provider at which one arm of a version canary is silent and the other speaks is left out of that minute: its failures would be
 * counted on one side only.
 * @param metrics those of kind latency get what was slower than each of their edges, those of kind count their own count
 */
export function armMinutes(
  queries: readonly ArmQuery[],
  series: readonly MetricSeries[],
  { fromSeconds, nowSeconds, lagSeconds }: Span,
  metrics: readonly JudgedMetric[],
): JudgeMinute[] {
  const points = new Map(series.map((one) => [one.id, new Map(one.points.map(({ at, value }) => [at, value]))]))
  const first = Math.ceil(fromSeconds / MINUTE_SECONDS) * MINUTE_SECONDS
  const minutes: JudgeMinute[] = []
  for (let minute = first; minute + MINUTE_SECONDS <= nowSeconds - lagSeconds; minute += MINUTE_SECONDS) {
    const countOf = (provider: string, arm: Arm, count: ArmCount) => {
      const asked = queries.find((one) => one.provider === provider && one.arm === arm && one.count === count)
      return asked === undefined ? undefined : points.get(asked.query.id)?.get(minute)
    }
    minutes.push(minuteOf(queries, minute, countOf, metrics))
  }
  return minutes
}

type CountOf = (provider: string, arm: Arm, count: ArmCount) => number | undefined

function minuteOf(queries: readonly ArmQuery[], minute: number, countOf: CountOf, metrics: readonly JudgedMetric[]): JudgeMinute {
  const providers = [...new Set(queries.map(({ provider }) => provider))].filter((provider) => {
    const arms = new Set(queries.filter((one) => one.provider === provider).map(({ arm }) => arm))
    return [...arms].every((arm) => countOf(provider, arm, 'requests') !== undefined)
  })
  const canary = sumOf(providers, 'canary', queries, countOf, metrics)
  const control = sumOf(providers, 'control', queries, countOf, metrics)
  return { minute, ...(canary === undefined ? {} : { canary }), ...(control === undefined ? {} : { control }) }
}

function sumOf(
  providers: readonly string[],
  arm: Arm,
  queries: readonly ArmQuery[],
  countOf: CountOf,
  metrics: readonly JudgedMetric[],
): ArmMinute | undefined {
  const own = providers.filter((provider) => queries.some((one) => one.provider === provider && one.arm === arm))
  const sum = (of: (provider: string) => number | undefined) => {
    const values = own.map(of)
    return values.length === 0 || values.includes(undefined)
      ? undefined
      : Math.round(values.reduce<number>((total, value) => total + (value ?? 0), 0))
  }
  const all = (count: ArmCount) => sum((provider) => countOf(provider, arm, count))
  const [requests, failures, clientsFailing] = [all('requests'), all('failures'), all('clientsFailing')]
  if (requests === undefined) return undefined
  const slowerAt = (edge: number) =>
    sum((provider) => {
      // Where no request was made there is no latency, and where none was slower there may be no count of them.
      const isKnown = countOf(provider, arm, 'latencies') !== undefined || countOf(provider, arm, 'requests') === 0
      return isKnown ? (countOf(provider, arm, `slower ${edge}`) ?? 0) : undefined
    })
  const slower = metrics.flatMap((metric) => {
    if (metric.kind !== 'latency' || metric.edgesSeconds === undefined) return []
    const counts = metric.edgesSeconds.map(slowerAt).filter((count) => count !== undefined)
    return counts.length === metric.edgesSeconds.length ? [[metric.name, counts] as const] : []
  })
  const counts = metrics.flatMap(({ kind, name }) => {
    const counted = kind === 'count' ? all(`count ${name}`) : undefined
    return counted === undefined ? [] : [[name, counted] as const]
  })
  return {
    requests,
    ...(failures === undefined ? {} : { failures }),
    ...(clientsFailing === undefined ? {} : { clientsFailing }),
    ...(slower.length === 0 ? {} : { slower: Object.fromEntries(slower) }),
    ...(counts.length === 0 ? {} : { counts: Object.fromEntries(counts) }),
  }
}
