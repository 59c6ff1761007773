// PutMetricAlarm, DescribeAlarms, DeleteAlarms, SetAlarmState.
// Source: API reference of each.
import { ACCOUNT_ID } from '../../account.ts'
import type { Operation } from '../../wire/operation.ts'
import { ServiceFault } from '../../wire/service-fault.ts'
import { type Alarm, type AlarmStateValue, alarmKey } from '../alarm.ts'
import { type AlarmListeners, setAlarmState } from '../alarm-evaluation.ts'
import { type AlarmInput, readAlarm } from '../alarm-input.ts'
import { invalidValue, missing } from '../faults.ts'
import type { CloudWatchState } from '../state.ts'

const STATES: readonly AlarmStateValue[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA']
const PAGE = 100

const arn = (region: string, name: string) => `arn:aws:cloudwatch:${region}:${ACCOUNT_ID}:alarm:${name}`

type DescribeInput = {
  readonly AlarmNames?: readonly string[]
  readonly AlarmNamePrefix?: string
  readonly StateValue?: string
  readonly MaxRecords?: number
  readonly NextToken?: string
}

export function alarmOperations(state: CloudWatchState, listeners: AlarmListeners): Readonly<Record<string, Operation>> {
  return {
    PutMetricAlarm: {
      permissions: ({ AlarmName }: AlarmInput, { region }) => [
        { action: 'cloudwatch:PutMetricAlarm', resource: arn(region, AlarmName ?? '') },
      ],
      run(input: AlarmInput, { region }) {
        const definition = readAlarm(input, region, arn(region, input.AlarmName ?? ''))
        const key = alarmKey(region, definition.name)
        const existing = state.alarms.get(key)
        const initial = {
          value: 'INSUFFICIENT_DATA',
          reason: 'Unchecked: Initial alarm creation',
          reasonData: '',
          atSeconds: state.clock.nowSeconds(),
        } as const
        // "When you update an existing alarm, its state is left unchanged."
        if (existing === undefined) state.alarms.set(key, { definition, state: initial })
        else existing.definition = definition
      },
    },
    DescribeAlarms: {
      permissions: ({ AlarmNames }: DescribeInput, { region }) =>
        (AlarmNames ?? ['*']).map((name) => ({ action: 'cloudwatch:DescribeAlarms', resource: arn(region, name) })),
      run: (input: DescribeInput, { region }) => describeAlarms(state, input, region),
    },
    DeleteAlarms: {
      permissions: ({ AlarmNames = [] }: DescribeInput, { region }) =>
        AlarmNames.map((name) => ({ action: 'cloudwatch:DeleteAlarms', resource: arn(region, name) })),
      run({ AlarmNames = [] }: DescribeInput, { region }) {
        for (const name of AlarmNames) state.alarms.delete(alarmKey(region, name))
      },
    },
    SetAlarmState: {
      permissions: ({ AlarmName }: { AlarmName?: string }, { region }) => [
        { action: 'cloudwatch:SetAlarmState', resource: arn(region, AlarmName ?? '') },
      ],
      run(input: { AlarmName?: string; StateValue?: AlarmStateValue; StateReason?: string; StateReasonData?: string }, { region }) {
        if (input.AlarmName === undefined) throw missing('AlarmName')
        if (input.StateReason === undefined) throw missing('StateReason')
        if (input.StateValue === undefined || !STATES.includes(input.StateValue))
          throw invalidValue(`StateValue: one of ${STATES.join(', ')}, seen '${input.StateValue}'`)
        const alarm = state.alarms.get(alarmKey(region, input.AlarmName))
        if (alarm === undefined) throw new ServiceFault('ResourceNotFound', `Unknown alarm: ${input.AlarmName}`, 404)
        const next = {
          value: input.StateValue,
          reason: input.StateReason,
          reasonData: input.StateReasonData ?? '',
          atSeconds: state.clock.nowSeconds(),
        }
        setAlarmState(alarm, next, listeners)
      },
    },
  }
}

function describeAlarms(state: CloudWatchState, input: DescribeInput, region: string) {
  const matching = [...state.alarms.values()]
    .filter(({ definition }) => definition.identity.region === region)
    .filter(({ definition }) => input.AlarmNames === undefined || input.AlarmNames.includes(definition.name))
    .filter(({ definition }) => input.AlarmNamePrefix === undefined || definition.name.startsWith(input.AlarmNamePrefix))
    .filter((alarm) => input.StateValue === undefined || alarm.state.value === input.StateValue)
    .sort((a, b) => (a.definition.name < b.definition.name ? -1 : 1))
  const from = Number(input.NextToken ?? 0)
  const size = Math.min(input.MaxRecords ?? PAGE, PAGE)
  return {
    MetricAlarms: matching.slice(from, from + size).map(describeAlarm),
    CompositeAlarms: [],
    ...(matching.length > from + size ? { NextToken: String(from + size) } : {}),
  }
}

function describeAlarm({ definition, state }: Alarm): Record<string, unknown> {
  const { identity, actions, stat } = definition
  const updated = new Date(state.atSeconds * 1000)
  return {
    AlarmName: definition.name,
    AlarmArn: definition.arn,
    AlarmDescription: definition.description,
    ActionsEnabled: definition.actionsEnabled,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: state.reasonData === '' ? undefined : state.reasonData,
    StateUpdatedTimestamp: updated,
    StateTransitionedTimestamp: updated,
    MetricName: identity.metric,
    Namespace: identity.namespace,
    ...(stat.startsWith('p') ? { ExtendedStatistic: stat } : { Statistic: stat }),
    Dimensions: Object.entries(identity.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: definition.periodSeconds,
    Unit: definition.unit,
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    Threshold: definition.threshold,
    ComparisonOperator: definition.comparison,
    TreatMissingData: definition.missingData,
  }
}
