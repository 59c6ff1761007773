// Reads the request of PutMetricAlarm into an alarm's definition.
// Source: API reference, PutMetricAlarm.
import { ServiceFault } from '../wire/service-fault.ts'
import { type AlarmDefinition, COMPARISON_NAMES, type MissingDataTreatment } from './alarm.ts'
import { checkedDimensions, type WireDimension } from './checked-dimensions.ts'
import { checkedUnit } from './checked-unit.ts'
import { invalidCombination, invalidValue, missing } from './faults.ts'
import { isStatistic } from './statistics.ts'

export type AlarmInput = {
  readonly AlarmName?: string
  readonly AlarmDescription?: string
  readonly ActionsEnabled?: boolean
  readonly OKActions?: readonly string[]
  readonly AlarmActions?: readonly string[]
  readonly InsufficientDataActions?: readonly string[]
  readonly MetricName?: string
  readonly Namespace?: string
  readonly Statistic?: string
  readonly ExtendedStatistic?: string
  readonly Dimensions?: readonly WireDimension[]
  readonly Period?: number
  readonly Unit?: string
  readonly EvaluationPeriods?: number
  readonly DatapointsToAlarm?: number
  readonly Threshold?: number
  readonly ComparisonOperator?: string
  readonly TreatMissingData?: string
  readonly Metrics?: readonly unknown[]
}

const TREATMENTS: readonly MissingDataTreatment[] = ['missing', 'ignore', 'breaching', 'notBreaching']

export function readAlarm(input: AlarmInput, region: string, arn: string): AlarmDefinition {
  const { AlarmName: name, MetricName: metric, Namespace: namespace, Period: periodSeconds, EvaluationPeriods: evaluationPeriods } = input
  if (name === undefined || name.length < 1 || name.length > 255) throw invalidValue('AlarmName: 1 to 255 characters')
  if (input.Metrics !== undefined) {
    throw new ServiceFault(
      'NotImplemented',
      `The in-process CloudWatch has alarms on one plain metric only; alarm ${name} uses Metrics`,
      501,
    )
  }
  if (metric === undefined) throw missing('MetricName')
  if (namespace === undefined) throw missing('Namespace')
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined))
    throw invalidCombination('Exactly one of Statistic and ExtendedStatistic')
  const stat = input.Statistic ?? input.ExtendedStatistic ?? ''
  if (!isStatistic(stat)) throw invalidValue(`Statistic '${stat}' is not known here`)
  if (periodSeconds === undefined || !([10, 20, 30].includes(periodSeconds) || (periodSeconds >= 60 && periodSeconds % 60 === 0))) {
    throw invalidValue(`Period: 10, 20, 30 or a multiple of 60, seen ${periodSeconds}`)
  }
  if (evaluationPeriods === undefined || !Number.isInteger(evaluationPeriods) || evaluationPeriods < 1)
    throw invalidValue('EvaluationPeriods: a whole number from 1')
  // "An alarm's total current evaluation period can be no longer than seven days."
  if (periodSeconds * evaluationPeriods > 604_800) throw invalidCombination('Period times EvaluationPeriods is at most seven days')
  const datapointsToAlarm = input.DatapointsToAlarm ?? evaluationPeriods
  if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) throw invalidValue('DatapointsToAlarm: from 1 to EvaluationPeriods')
  if (input.Threshold === undefined) throw missing('Threshold')
  const comparison = input.ComparisonOperator ?? ''
  if (!COMPARISON_NAMES.includes(comparison))
    throw invalidValue(`ComparisonOperator: one of ${COMPARISON_NAMES.join(', ')}, seen '${comparison}'`)
  const missingData = (input.TreatMissingData ?? 'missing') as MissingDataTreatment
  if (!TREATMENTS.includes(missingData)) throw invalidValue(`TreatMissingData: one of ${TREATMENTS.join(', ')}, seen '${missingData}'`)
  return {
    name,
    arn,
    description: input.AlarmDescription,
    identity: { region, namespace, metric, dimensions: checkedDimensions(input.Dimensions, 'Alarm') },
    stat,
    unit: checkedUnit(input.Unit, 'Alarm'),
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm,
    threshold: input.Threshold,
    comparison,
    missingData,
    actionsEnabled: input.ActionsEnabled ?? true,
    actions: { OK: input.OKActions ?? [], ALARM: input.AlarmActions ?? [], INSUFFICIENT_DATA: input.InsufficientDataActions ?? [] },
  }
}
