// Whether each metric that a configuration names has ever had data: one that never existed is a mistake, not a quiet zero.
import type { MetricCatalog } from '#cli/session.ts'
import { formatPath, type Problem } from '#config/problem.ts'
import type { Configuration } from '#model/configuration.ts'
import type { MetricSource } from '#model/metric.ts'
import { MeasuredSignal } from '#model/provider.ts'

/** How many existing dimension sets a message names. */
const NAMED = 3

/**
 * ListMetrics tells of metrics that had data in the last two weeks, and of a new one after up to 15 minutes (CloudWatch API reference,
 * ListMetrics). A metric is its exact set of dimensions: with one more or one less it is another.
 */
export async function checkLive(
  file: string,
  { providers }: Configuration,
  catalog: MetricCatalog,
): Promise<{ readonly asked: number; readonly problems: Problem[] }> {
  const questions = providers.flatMap(({ name, signals }) =>
    MeasuredSignal.options.flatMap((signal) => {
      const source = signals[signal]
      return source === null ? [] : [{ path: ['providers', name, 'signals', signal], source }]
    }),
  )
  const problems: Problem[] = []
  // One after the other: ListMetrics is throttled at a few calls a second.
  for (const { path, source } of questions) {
    const sets = await catalog.dimensionSets(source)
    if (sets.some((found) => isSame(found, source.dimensions))) continue
    const others = sets.length > 0 ? sets : await catalog.dimensionSets({ ...source, dimensions: {} })
    problems.push({ code: 'no-such-metric', file, path: formatPath(path), ...explain(source, others) })
  }
  return { asked: questions.length, problems }
}

function isSame(found: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.keys(found).length === Object.keys(wanted).length && Object.entries(wanted).every(([name, value]) => found[name] === value)
}

function explain(source: MetricSource, others: readonly Record<string, string>[]): Pick<Problem, 'seen' | 'allowed' | 'mend'> {
  const { namespace, metric, dimensions, region } = source
  const seen = `${namespace} ${metric} with ${setText(dimensions)} in ${region}, which had no data in the last two weeks`
  const allowed =
    others.length === 0
      ? 'a metric that exists: there is none of this name under any dimensions'
      : `the sets under which it exists: ${others.slice(0, NAMED).map(setText).join('; ')}${others.length > NAMED ? `; and ${others.length - NAMED} more` : ''}`
  const mend =
    others.length === 0
      ? 'Have it published (a new metric is listed after up to 15 minutes), correct its name, namespace or region, or say null.'
      : 'Name the dimensions exactly, or say null if the provider does not report it.'
  return { seen, allowed, mend }
}

function setText(dimensions: Readonly<Record<string, string>>): string {
  const text = Object.entries(dimensions)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
  return text === '' ? 'no dimensions' : text
}
