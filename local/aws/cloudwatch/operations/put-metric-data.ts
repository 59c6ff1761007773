// PutMetricData: all data of a request are checked before any is stored.
// Source: API reference, PutMetricData and MetricDatum.
import type { Operation } from '../../wire/operation.ts'
import { checkedDimensions, type WireDimension } from '../checked-dimensions.ts'
import { checkedUnit } from '../checked-unit.ts'
import { epochSeconds } from '../epoch-seconds.ts'
import { invalidCombination, invalidValue, missing } from '../faults.ts'
import type { CloudWatchState } from '../state.ts'
import { addValue, type Bucket, emptyBucket } from '../statistics.ts'

type StatisticSet = { readonly SampleCount: number; readonly Sum: number; readonly Minimum: number; readonly Maximum: number }
type Datum = {
  readonly MetricName?: string
  readonly Dimensions?: readonly WireDimension[]
  readonly Timestamp?: unknown
  readonly Value?: number
  readonly StatisticValues?: StatisticSet
  readonly Values?: readonly number[]
  readonly Counts?: readonly number[]
  readonly Unit?: string
  readonly StorageResolution?: number
}
type Input = { readonly Namespace?: string; readonly MetricData?: readonly Datum[] }

/** "no more than 1000 different metrics" in a request, "up to 150 unique values" in a datum. */
const DATA_LIMIT = 1000
const VALUES_LIMIT = 150
/** "as much as two weeks before the current date, and as much as 2 hours after the current day and time". */
const OLDEST_SECONDS = 14 * 24 * 3600
const NEWEST_SECONDS = 2 * 3600
/** "Values must be in the range of -2^360 to 2^360. In addition, special values (for example, NaN, +Infinity, -Infinity) are not supported." */
const VALUE_LIMIT = 2 ** 360

export function putMetricData(state: CloudWatchState): Operation<Input> {
  return {
    permissions: ({ Namespace }) => [
      {
        action: 'cloudwatch:PutMetricData',
        resource: '*',
        context: { 'cloudwatch:namespace': Namespace === undefined ? [] : [Namespace] },
      },
    ],
    run({ Namespace, MetricData = [] }, { region }) {
      if (Namespace === undefined || Namespace === '') throw missing('Namespace')
      // "you should not specify a namespace that begins with AWS/".
      if (Namespace.startsWith('AWS/')) throw invalidValue('The value AWS/ for parameter Namespace is invalid: it is reserved.')
      if (!/^[^:][\s\S]{0,254}$/.test(Namespace))
        throw invalidValue('The parameter Namespace has 1 to 255 characters and does not begin with a colon.')
      if (MetricData.length === 0) throw missing('MetricData')
      if (MetricData.length > DATA_LIMIT) throw invalidValue(`The collection MetricData must not have a size greater than ${DATA_LIMIT}.`)
      const now = state.clock.nowSeconds()
      const puts = MetricData.map((datum, index) => readDatum(datum, `MetricData.member.${index + 1}`, now))
      for (const { metric, dimensions, at, unit, bucket, isHighResolution } of puts) {
        state.metrics.add({ region, namespace: Namespace, metric, dimensions }, at, unit, bucket, isHighResolution)
      }
    },
  }
}

function readDatum(datum: Datum, place: string, now: number) {
  const { MetricName: metric, StorageResolution: resolution = 60 } = datum
  if (metric === undefined || metric === '') throw missing(`${place}.MetricName`)
  if (metric.length > 255) throw invalidValue(`The parameter ${place}.MetricName has at most 255 characters.`)
  if (resolution !== 1 && resolution !== 60) throw invalidValue(`The parameter ${place}.StorageResolution is 1 or 60, seen ${resolution}`)
  const at = datum.Timestamp === undefined ? now : epochSeconds(datum.Timestamp, `${place}.Timestamp`)
  if (at < now - OLDEST_SECONDS || at > now + NEWEST_SECONDS) {
    throw invalidValue(`The parameter ${place}.Timestamp must specify a time within the past two weeks and two hours in the future.`)
  }
  return {
    metric,
    dimensions: checkedDimensions(datum.Dimensions, place),
    at,
    unit: checkedUnit(datum.Unit, place) ?? 'None',
    bucket: readValues(datum, place),
    isHighResolution: resolution === 1,
  }
}

function readValues(datum: Datum, place: string): Bucket {
  const forms = [datum.Value, datum.Values, datum.StatisticValues].filter((form) => form !== undefined)
  if (forms.length !== 1) throw invalidCombination(`${place}: exactly one of Value, Values and StatisticValues, seen ${forms.length}`)
  if (datum.StatisticValues !== undefined) return readSet(datum.StatisticValues, place)
  const values = datum.Values ?? [datum.Value as number]
  const counts = datum.Counts ?? values.map(() => 1)
  if (values.length === 0 || values.length > VALUES_LIMIT)
    throw invalidValue(`The collection ${place}.Values has 1 to ${VALUES_LIMIT} values.`)
  if (counts.length !== values.length) throw invalidValue(`The parameters ${place}.Values and ${place}.Counts must be of the same size.`)
  const bucket = emptyBucket()
  values.forEach((value, index) => {
    addValue(bucket, checkedNumber(value, `${place}.Value`), checkedNumber(counts[index], `${place}.Counts`))
  })
  return bucket
}

function readSet(set: StatisticSet, place: string): Bucket {
  const [count, sum, minimum, maximum] = [set.SampleCount, set.Sum, set.Minimum, set.Maximum].map((value) =>
    checkedNumber(value, `${place}.StatisticValues`),
  )
  if (count === undefined || sum === undefined || minimum === undefined || maximum === undefined) throw missing(`${place}.StatisticValues`)
  if (minimum > maximum) throw invalidCombination(`${place}.StatisticValues: Minimum ${minimum} is greater than Maximum ${maximum}`)
  return { count, sum, minimum, maximum, values: undefined }
}

function checkedNumber(value: unknown, place: string): number {
  const number = typeof value === 'number' ? value : Number.NaN
  if (Number.isNaN(number)) throw invalidValue(`The value ${value} for parameter ${place} is invalid.`)
  if (Math.abs(number) > VALUE_LIMIT) throw invalidValue(`The value ${number} for parameter ${place} is invalid: it is out of range.`)
  return number
}
