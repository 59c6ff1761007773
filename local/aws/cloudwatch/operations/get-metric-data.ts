// GetMetricData: up to 500 queries of plain metrics; each gives the periods that have data, labelled with their start.
// Source: API reference, GetMetricData, MetricDataQuery, MetricStat.
import type { Operation } from '../../wire/operation.ts'
import { ServiceFault } from '../../wire/service-fault.ts'
import { checkedDimensions, type WireDimension } from '../checked-dimensions.ts'
import { checkedUnit } from '../checked-unit.ts'
import { epochSeconds } from '../epoch-seconds.ts'
import { invalidValue, missing } from '../faults.ts'
import type { CloudWatchState } from '../state.ts'
import { isStatistic, statistic } from '../statistics.ts'

type Query = {
  readonly Id?: string
  readonly Label?: string
  readonly ReturnData?: boolean
  readonly Expression?: string
  readonly AccountId?: string
  readonly MetricStat?: {
    readonly Metric?: { readonly Namespace?: string; readonly MetricName?: string; readonly Dimensions?: readonly WireDimension[] }
    readonly Period?: number
    readonly Stat?: string
    readonly Unit?: string
  }
}
type Input = {
  readonly MetricDataQueries?: readonly Query[]
  readonly StartTime?: unknown
  readonly EndTime?: unknown
  readonly ScanBy?: string
  readonly MaxDatapoints?: number
  readonly NextToken?: string
}
type Result = { Id: string; Label: string; Timestamps: Date[]; Values: number[]; StatusCode: 'Complete' | 'PartialData' }

const QUERY_LIMIT = 500
/** "If you omit this, the default of 100,800 is used" (MaxDatapoints). */
const DATAPOINT_LIMIT = 100_800

export function getMetricData(state: CloudWatchState): Operation<Input> {
  return {
    permissions: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
    run(input, { region }) {
      const { MetricDataQueries: queries = [], ScanBy = 'TimestampDescending' } = input
      if (queries.length === 0) throw missing('MetricDataQueries')
      if (queries.length > QUERY_LIMIT)
        throw invalidValue(`The collection MetricDataQueries must not have a size greater than ${QUERY_LIMIT}, seen ${queries.length}.`)
      if (!['TimestampDescending', 'TimestampAscending'].includes(ScanBy))
        throw invalidValue(`ScanBy: TimestampDescending or TimestampAscending, seen '${ScanBy}'`)
      if (input.StartTime === undefined) throw missing('StartTime')
      if (input.EndTime === undefined) throw missing('EndTime')
      const start = epochSeconds(input.StartTime, 'StartTime')
      const end = epochSeconds(input.EndTime, 'EndTime')
      if (start >= end) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.')
      const seen = new Set<string>()
      const results = queries.map((query) => evaluate(state, region, query, start, end, ScanBy, seen))
      return page(
        results.filter((_, index) => queries[index]?.ReturnData !== false),
        input,
      )
    },
  }
}

function evaluate(
  state: CloudWatchState,
  region: string,
  query: Query,
  start: number,
  end: number,
  scanBy: string,
  seen: Set<string>,
): Result {
  const { Id: id = '', MetricStat: metricStat } = query
  if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(id))
    throw invalidValue(`The value '${id}' for parameter Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$`)
  if (seen.has(id)) throw invalidValue(`The values for parameter Id in MetricDataQueries must be unique, '${id}' is there twice.`)
  seen.add(id)
  if (query.Expression !== undefined || query.AccountId !== undefined) {
    throw new ServiceFault('NotImplemented', `The in-process CloudWatch has neither metric math nor other accounts (query '${id}')`, 501)
  }
  const { Namespace: namespace, MetricName: metric, Dimensions } = metricStat?.Metric ?? {}
  if (metricStat === undefined || !namespace || !metric)
    throw missing(`MetricDataQueries '${id}': MetricStat with Metric.Namespace and Metric.MetricName`)
  const { Period: period, Stat: stat = '' } = metricStat
  // "Period: … can be 1, 5, 10, 20, 30, 60, or any multiple of 60."
  if (period === undefined || !([1, 5, 10, 20, 30].includes(period) || (period >= 60 && period % 60 === 0))) {
    throw invalidValue(`MetricDataQueries '${id}': Period is 1, 5, 10, 20, 30 or a multiple of 60, seen ${period}`)
  }
  if (!isStatistic(stat)) throw invalidValue(`MetricDataQueries '${id}': Stat '${stat}' is not a statistic known here`)
  const identity = { region, namespace, metric, dimensions: checkedDimensions(Dimensions, `MetricDataQueries '${id}'`) }
  // Periods are aligned to the clock, and a start within a period is rounded down to its beginning.
  const from = start - (start % period)
  const points = [...state.metrics.read(identity, from, end, period, checkedUnit(metricStat.Unit, `MetricDataQueries '${id}'`))].flatMap(
    ([at, bucket]) => {
      const value = statistic(bucket, stat)
      return value === undefined ? [] : [{ at, value }]
    },
  )
  if (scanBy === 'TimestampDescending') points.reverse()
  return {
    Id: id,
    Label: query.Label ?? metric,
    Timestamps: points.map(({ at }) => new Date(at * 1000)),
    Values: points.map(({ value }) => value),
    StatusCode: 'Complete',
  }
}

/** The token is the number of datapoints already given. A page cuts through a result, which is then PartialData. */
function page(results: readonly Result[], input: Input) {
  const size = input.MaxDatapoints ?? DATAPOINT_LIMIT
  if (!Number.isInteger(size) || size < 1 || size > DATAPOINT_LIMIT)
    throw invalidValue(`MaxDatapoints: 1 to ${DATAPOINT_LIMIT}, seen ${size}`)
  const from = input.NextToken === undefined ? 0 : Number(input.NextToken)
  if (!Number.isInteger(from) || from < 0) throw new ServiceFault('InvalidNextToken', 'The next token specified is invalid.')
  let position = 0
  const shown = results.flatMap((result) => {
    const first = Math.max(0, from - position)
    const last = Math.min(result.Values.length, from + size - position)
    position += result.Values.length
    // Results without data come with the first page.
    if (first >= last && !(result.Values.length === 0 && from === 0)) return []
    const rest = { Timestamps: result.Timestamps.slice(first, last), Values: result.Values.slice(first, last) }
    return [{ ...result, ...rest, StatusCode: last < result.Values.length ? 'PartialData' : 'Complete' }]
  })
  return { MetricDataResults: shown, Messages: [], ...(position > from + size ? { NextToken: String(from + size) } : {}) }
}
