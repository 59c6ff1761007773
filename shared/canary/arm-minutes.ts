// Series of counts → what each arm did in each closed minute. What is missing stays missing; zero is a count.
import type { ArmMinute, JudgeMinute } from '#model/judge-minute.ts'
import type { MetricSeries } from '#model/metric.ts'
import { ARM_COUNTS, type Arm, type ArmCount, type ArmQuery, MINUTE_SECONDS } from './arm-queries.ts'

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
 */
export function armMinutes(
  queries: readonly ArmQuery[],
  series: readonly MetricSeries[],
  { fromSeconds, nowSeconds, lagSeconds }: Span,
): JudgeMinute[] {
  const points = new Map(series.map((one) => [one.id, new Map(one.points.map(({ at, value }) => [at, value]))]))
  const first = Math.ceil(fromSeconds / MINUTE_SECONDS) * MINUTE_SECONDS
  const minutes: JudgeMinute[] = []
  for (let minute = first; minute + MINUTE_SECONDS <= nowSeconds - lagSeconds; minute += MINUTE_SECONDS) {
    const countOf = (provider: string, arm: Arm, count: ArmCount) => {
      const asked = queries.find((one) => one.provider === provider && one.arm === arm && one.count === count)
      return asked === undefined ? undefined : points.get(asked.query.id)?.get(minute)
    }
    minutes.push(minuteOf(queries, minute, countOf))
  }
  return minutes
}

type CountOf = (provider: string, arm: Arm, count: ArmCount) => number | undefined

function minuteOf(queries: readonly ArmQuery[], minute: number, countOf: CountOf): JudgeMinute {
  const providers = [...new Set(queries.map(({ provider }) => provider))].filter((provider) => {
    const arms = new Set(queries.filter((one) => one.provider === provider).map(({ arm }) => arm))
    return [...arms].every((arm) => countOf(provider, arm, 'requests') !== undefined)
  })
  const canary = sumOf(providers, 'canary', queries, countOf)
  const control = sumOf(providers, 'control', queries, countOf)
  return { minute, ...(canary === undefined ? {} : { canary }), ...(control === undefined ? {} : { control }) }
}

function sumOf(providers: readonly string[], arm: Arm, queries: readonly ArmQuery[], countOf: CountOf): ArmMinute | undefined {
  const own = providers.filter((provider) => queries.some((one) => one.provider === provider && one.arm === arm))
  const sum = (count: ArmCount): number | undefined => {
    const values = own.map((provider) => countOf(provider, arm, count))
    return values.length === 0 || values.includes(undefined)
      ? undefined
      : Math.round(values.reduce<number>((total, value) => total + (value ?? 0), 0))
  }
  const [requests, failures, clientsFailing] = ARM_COUNTS.map(sum)
  if (requests === undefined) return undefined
  return { requests, ...(failures === undefined ? {} : { failures }), ...(clientsFailing === undefined ? {} : { clientsFailing }) }
}
