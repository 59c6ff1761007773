// Takes the metrics out of a log line in the embedded metric format, as CloudWatch Logs does for Lambda.
// Source: CloudWatch user guide, "Specification: Embedded metric format".
import type { MetricStore } from './metric-store.ts'
import { addValue, emptyBucket } from './statistics.ts'

type Directive = { Namespace?: string; Dimensions?: string[][]; Metrics?: { Name?: string; Unit?: string; StorageResolution?: number }[] }
type Root = Record<string, unknown> & { _aws?: { Timestamp?: number; CloudWatchMetrics?: Directive[] } }

/** Lines that are not in the format are not metrics: they are ignored, as they are there. */
export function ingestEmbeddedMetrics(metrics: MetricStore, region: string, line: string): void {
  if (!line.includes('"_aws"')) return
  const root = parse(line)
  const { Timestamp, CloudWatchMetrics } = root?._aws ?? {}
  if (root === undefined || typeof Timestamp !== 'number' || !Array.isArray(CloudWatchMetrics)) return
  for (const directive of CloudWatchMetrics) {
    const namespace = directive.Namespace
    if (namespace === undefined) continue
    for (const names of directive.Dimensions ?? [[]]) {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(root[name] ?? '')]))
      for (const { Name: metric, Unit = 'None', StorageResolution } of directive.Metrics ?? []) {
        if (metric === undefined) continue
        // A metric's target is a number or a list of numbers; anything else is passed over.
        const values = [root[metric]].flat().filter((value): value is number => typeof value === 'number')
        if (values.length === 0) continue
        const bucket = emptyBucket()
        for (const value of values) addValue(bucket, value)
        metrics.add({ region, namespace, metric, dimensions }, Timestamp / 1000, Unit, bucket, StorageResolution === 1)
      }
    }
  }
}

function parse(line: string): Root | undefined {
  try {
    return JSON.parse(line.slice(line.indexOf('{'))) as Root
  } catch {
    return undefined
  }
}
