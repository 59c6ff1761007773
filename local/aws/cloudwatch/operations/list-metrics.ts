// ListMetrics: the metrics that had data of late, 500 a page.
// Source: API reference, ListMetrics.
import type { Operation } from '../../wire/operation.ts'
import type { WireDimension } from '../checked-dimensions.ts'
import type { CloudWatchState } from '../state.ts'

type Input = {
  readonly Namespace?: string
  readonly MetricName?: string
  readonly Dimensions?: readonly WireDimension[]
  readonly NextToken?: string
}

const PAGE = 500

export function listMetrics(state: CloudWatchState): Operation<Input> {
  return {
    permissions: () => [{ action: 'cloudwatch:ListMetrics', resource: '*' }],
    run({ Namespace, MetricName, Dimensions = [], NextToken }, { region }) {
      const found = state.metrics.list(region).filter(
        (series) =>
          (Namespace === undefined || series.namespace === Namespace) &&
          (MetricName === undefined || series.metric === MetricName) &&
          // A filter without a value asks only that the dimension is there.
          Dimensions.every(
            ({ Name = '', Value }) => Name in series.dimensions && (Value === undefined || series.dimensions[Name] === Value),
          ),
      )
      const from = Number(NextToken ?? 0)
      const shown = found.slice(from, from + PAGE).map(({ namespace, metric, dimensions }) => ({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      }))
      return { Metrics: shown, ...(found.length > from + PAGE ? { NextToken: String(from + PAGE) } : {}) }
    },
  }
}
