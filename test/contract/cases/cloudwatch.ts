// CloudWatch: what is published can be read, in the periods and statistics that were asked for.
import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  ListMetricsCommand,
  type MetricDatum,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'

/** The beginning of the minute ten minutes ago: closed, and within every window. */
const minute = () => Math.floor(Date.now() / 60_000) * 60 - 600
const at = (seconds: number) => new Date(seconds * 1000)

function put(cloudwatch: CloudWatchClient, Namespace: string, ...MetricData: MetricDatum[]) {
  return cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }))
}

function get(
  cloudwatch: CloudWatchClient,
  namespace: string,
  overrides: Partial<GetMetricDataCommandInput> = {},
  stat = 'Sum',
  period = 60,
) {
  const start = minute()
  return cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: at(start - 300),
      EndTime: at(start + 600),
      MetricDataQueries: [
        { Id: 'a', MetricStat: { Metric: { Namespace: namespace, MetricName: 'Requests' }, Period: period, Stat: stat } },
      ],
      ...overrides,
    }),
  )
}

export const cloudWatch: ContractSuite = {
  service: 'CloudWatch',
  cases: [
    {
      name: 'periods are labelled with their start, newest first, and periods without data are left out',
      source: 'API reference, GetMetricData, ScanBy (default TimestampDescending) and MetricDataResult',
      async run({ cloudwatch }, unique) {
        const start = minute()
        await put(
          cloudwatch,
          unique,
          { MetricName: 'Requests', Value: 1, Timestamp: at(start + 10) },
          { MetricName: 'Requests', Value: 5, Timestamp: at(start + 130) },
        )
        const { MetricDataResults = [] } = await get(cloudwatch, unique)
        expect(MetricDataResults[0]?.Timestamps).toEqual([at(start + 120), at(start)])
        expect(MetricDataResults[0]?.Values).toEqual([5, 1])
        expect(MetricDataResults[0]?.StatusCode).toBe('Complete')
      },
    },
    {
      name: 'oldest first on request',
      source: 'API reference, GetMetricData, ScanBy',
      async run({ cloudwatch }, unique) {
        const start = minute()
        await put(
          cloudwatch,
          unique,
          { MetricName: 'Requests', Value: 1, Timestamp: at(start) },
          { MetricName: 'Requests', Value: 5, Timestamp: at(start + 60) },
        )
        const { MetricDataResults = [] } = await get(cloudwatch, unique, { ScanBy: 'TimestampAscending' })
        expect(MetricDataResults[0]?.Values).toEqual([1, 5])
      },
    },
    ...(['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] as const).map((stat) => ({
      name: `values of one minute give the ${stat}`,
      source: 'User guide, "Statistics definitions"',
      async run({ cloudwatch }: Parameters<ContractSuite['cases'][number]['run']>[0], unique: string) {
        const start = minute()
        await put(cloudwatch, unique, ...[2, 4, 9].map((Value) => ({ MetricName: 'Requests', Value, Timestamp: at(start + Value) })))
        const { MetricDataResults = [] } = await get(cloudwatch, unique, {}, stat)
        expect(MetricDataResults[0]?.Values).toEqual([{ Sum: 15, Average: 5, Minimum: 2, Maximum: 9, SampleCount: 3 }[stat]])
      },
    })),
    {
      name: 'a statistic set counts as the samples it stands for',
      source: 'API reference, MetricDatum, StatisticValues',
      async run({ cloudwatch }, unique) {
        const StatisticValues = { SampleCount: 4, Sum: 20, Minimum: 1, Maximum: 9 }
        await put(cloudwatch, unique, { MetricName: 'Requests', StatisticValues, Timestamp: at(minute()) })
        expect((await get(cloudwatch, unique, {}, 'Average')).MetricDataResults?.[0]?.Values).toEqual([5])
        expect((await get(cloudwatch, unique, {}, 'SampleCount')).MetricDataResults?.[0]?.Values).toEqual([4])
      },
    },
    {
      name: 'values with counts give percentiles',
      source: 'API reference, MetricDatum, Values and Counts',
      differs: { moto: 'it breaks with status 500' },
      async run({ cloudwatch }, unique) {
        await put(cloudwatch, unique, { MetricName: 'Requests', Values: [0.1, 0.9], Counts: [95, 5], Timestamp: at(minute()) })
        expect((await get(cloudwatch, unique, {}, 'p90')).MetricDataResults?.[0]?.Values).toEqual([0.1])
        expect((await get(cloudwatch, unique, {}, 'p99')).MetricDataResults?.[0]?.Values).toEqual([0.9])
      },
    },
    {
      name: 'the trimmed count is of what is above its lower bound, up to and with its upper one',
      source: 'User guide, "Statistics definitions", TC and PR',
      differs: { moto: 'it knows no trimmed statistics' },
      async run({ cloudwatch }, unique) {
        const Values = [0.1, 0.25, 0.9]
        await put(cloudwatch, unique, { MetricName: 'Requests', Values, Counts: [90, 6, 4], Timestamp: at(minute()) })
        const valuesOf = async (stat: string) => (await get(cloudwatch, unique, {}, stat)).MetricDataResults?.[0]?.Values
        expect(await valuesOf('TC(0.1:)')).toEqual([10])
        expect(await valuesOf('TC(0.25:)')).toEqual([4])
        expect(await valuesOf('TC(0.1:0.25)')).toEqual([6])
        expect(await valuesOf('PR(:0.25)')).toEqual([96])
        await expect(valuesOf('TC(:)')).rejects.toThrow()
      },
    },
    {
      name: 'another set of dimensions is another metric',
      source:
        'User guide, "CloudWatch concepts", Dimensions: "CloudWatch treats each unique combination of dimensions as a separate metric"',
      differs: { moto: 'a query without dimensions gets the data of all' },
      async run({ cloudwatch }, unique) {
        await put(cloudwatch, unique, {
          MetricName: 'Requests',
          Value: 3,
          Dimensions: [{ Name: 'Provider', Value: 'a' }],
          Timestamp: at(minute()),
        })
        expect((await get(cloudwatch, unique)).MetricDataResults?.[0]?.Values).toEqual([])
      },
    },
    {
      name: 'a metric without data is an empty, complete result',
      source: 'API reference, MetricDataResult',
      async run({ cloudwatch }, unique) {
        const { MetricDataResults } = await get(cloudwatch, unique)
        expect(MetricDataResults).toMatchObject([{ Id: 'a', Values: [], Timestamps: [], StatusCode: 'Complete' }])
      },
    },
    {
      name: 'the end of the window is outside it',
      source: 'API reference, GetMetricData, EndTime: "the value specified is exclusive"',
      async run({ cloudwatch }, unique) {
        const start = minute()
        await put(
          cloudwatch,
          unique,
          { MetricName: 'Requests', Value: 1, Timestamp: at(start) },
          { MetricName: 'Requests', Value: 2, Timestamp: at(start + 60) },
        )
        const { MetricDataResults = [] } = await get(cloudwatch, unique, { StartTime: at(start), EndTime: at(start + 60) })
        expect(MetricDataResults[0]?.Values).toEqual([1])
      },
    },
    {
      name: 'more than 500 queries are refused',
      source:
        'API reference, GetMetricData, MetricDataQueries: "A single GetMetricData call can include up to 500 MetricDataQuery structures"',
      differs: { moto: 'it has no limit' },
      async run({ cloudwatch }, unique) {
        const query = (index: number) => ({
          Id: `q${index}`,
          MetricStat: { Metric: { Namespace: unique, MetricName: 'Requests' }, Period: 60, Stat: 'Sum' },
        })
        const queries = (count: number) =>
          get(cloudwatch, unique, { MetricDataQueries: Array.from({ length: count }, (_, index) => query(index)) })
        await expectFault('InvalidParameterValueException', queries(501))
        expect((await queries(500)).MetricDataResults).toHaveLength(500)
      },
    },
    {
      name: 'one Id for two queries is refused',
      source: 'API reference, MetricDataQuery, Id: "must be unique"',
      differs: { moto: 'it answers both' },
      async run({ cloudwatch }, unique) {
        const query = { Id: 'same', MetricStat: { Metric: { Namespace: unique, MetricName: 'Requests' }, Period: 60, Stat: 'Sum' } }
        await expectFault('InvalidParameterValueException', get(cloudwatch, unique, { MetricDataQueries: [query, query] }))
      },
    },
    {
      name: 'a value that is not a number is refused, and nothing of the request is stored',
      source: 'API reference, MetricDatum, Value: "Special values (for example, NaN, +Infinity, -Infinity) are not supported"',
      async run({ cloudwatch }, unique) {
        const bad = put(
          cloudwatch,
          unique,
          { MetricName: 'Requests', Value: 1, Timestamp: at(minute()) },
          { MetricName: 'Requests', Value: Number.NaN, Timestamp: at(minute()) },
        )
        await expect(bad).rejects.toThrow()
        expect((await get(cloudwatch, unique)).MetricDataResults?.[0]?.Values).toEqual([])
      },
    },
    {
      name: 'a time three weeks ago is refused',
      source: 'API reference, PutMetricData, Timestamp: "as much as two weeks before the current date"',
      differs: { moto: 'it takes it' },
      async run({ cloudwatch }, unique) {
        await expectFault(
          'InvalidParameterValueException',
          put(cloudwatch, unique, { MetricName: 'Requests', Value: 1, Timestamp: at(minute() - 21 * 24 * 3600) }),
        )
      },
    },
    {
      name: 'a namespace of AWS is refused',
      source: 'API reference, PutMetricData, Namespace',
      differs: { moto: 'it takes it' },
      async run({ cloudwatch }) {
        await expectFault('InvalidParameterValueException', put(cloudwatch, 'AWS/Route53', { MetricName: 'Requests', Value: 1 }))
      },
    },
    {
      name: 'metrics are listed by namespace, name and dimension',
      source: 'API reference, ListMetrics',
      async run({ cloudwatch }, unique) {
        const Dimensions = [{ Name: 'Provider', Value: 'a' }]
        await put(cloudwatch, unique, { MetricName: 'Requests', Value: 1, Dimensions }, { MetricName: 'Failures', Value: 1 })
        const { Metrics } = await cloudwatch.send(new ListMetricsCommand({ Namespace: unique, Dimensions: [{ Name: 'Provider' }] }))
        expect(Metrics).toMatchObject([{ Namespace: unique, MetricName: 'Requests', Dimensions }])
      },
    },
    {
      name: 'an alarm begins without enough data, can be set, and is gone when deleted',
      source: 'API reference, PutMetricAlarm, SetAlarmState, DeleteAlarms',
      differs: { moto: 'an alarm begins as OK' },
      async run({ cloudwatch }, unique) {
        const threshold = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' } as const
        await cloudwatch.send(
          new PutMetricAlarmCommand({
            AlarmName: unique,
            Namespace: unique,
            MetricName: 'Requests',
            Statistic: 'Minimum',
            Period: 60,
            TreatMissingData: 'ignore',
            ...threshold,
          }),
        )
        const describe = async () => (await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [unique] }))).MetricAlarms
        expect(await describe()).toMatchObject([
          { AlarmName: unique, StateValue: 'INSUFFICIENT_DATA', Threshold: 1, Period: 60, TreatMissingData: 'ignore' },
        ])
        await cloudwatch.send(new SetAlarmStateCommand({ AlarmName: unique, StateValue: 'ALARM', StateReason: 'a test' }))
        expect(await describe()).toMatchObject([{ StateValue: 'ALARM', StateReason: 'a test' }])
        await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [unique] }))
        expect(await describe()).toEqual([])
      },
    },
  ],
}
