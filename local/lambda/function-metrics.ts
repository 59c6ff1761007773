// What Lambda publishes about an invocation in the namespace AWS/Lambda.
// Source: Lambda developer guide, "Types of metrics for Lambda functions".
import type { InvocationReport } from './sinks.ts'

export interface FunctionMetric {
  readonly namespace: 'AWS/Lambda'
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  /** Epoch seconds. */
  readonly atSeconds: number
  readonly value: number
  readonly unit: 'Count' | 'Milliseconds'
}

/** "The timestamp on a metric reflects when the function was invoked." A success is an error count of 0: an alarm on errors returns to OK by it. */
export function metricsOf(report: InvocationReport): FunctionMetric[] {
  const { functionName, atSeconds } = report
  const one = (metric: string, value: number, unit: FunctionMetric['unit'] = 'Count'): FunctionMetric => ({
    namespace: 'AWS/Lambda',
    metric,
    dimensions: { FunctionName: functionName },
    atSeconds,
    value,
    unit,
  })
  switch (report.kind) {
    case 'ran':
      return [
        one('Invocations', 1),
        one('Errors', report.error === undefined ? 0 : 1),
        one('Throttles', 0),
        one('Duration', report.durationMillis, 'Milliseconds'),
      ]
    case 'throttled':
      return [one('Throttles', 1)]
    case 'dropped':
      return [one('AsyncEventsDropped', 1)]
  }
}
