// Alarms on what the controller says about itself.
import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { HandlerName } from '#cdk/handlers.ts'
import { CONTROLLER_NAMESPACE, METRIC, type MetricName } from '#telemetry/metric-names.ts'
import type { ControllerFunction } from './controller-function.ts'

type Watch = {
  readonly metric: MetricName
  readonly service: HandlerName
  readonly threshold: number
  readonly minutes: number
  readonly minutesToAlarm: number
  readonly description: string
}

/** docs/operations.md says for each what it means and what to do. */
const WATCHES: Readonly<Record<string, Watch>> = {
  'missing-data': {
    metric: METRIC.blindTicks,
    service: 'rebalance',
    threshold: 1,
    minutes: 5,
    minutesToAlarm: 3,
    description: 'More than half of the required signals are missing: shares stand still until they return.',
  },
  'write-conflicts': {
    metric: METRIC.conflicts,
    service: 'rebalance',
    threshold: 1,
    minutes: 5,
    minutesToAlarm: 3,
    description: 'Somebody else keeps writing the records of a hostname at the same time.',
  },
  'write-fight': {
    metric: METRIC.writeFights,
    service: 'rebalance',
    threshold: 1,
    minutes: 1,
    minutesToAlarm: 1,
    description: 'Somebody else keeps changing our records; after three repairs in a row no more is written. The log names them.',
  },
  'refused-plans': {
    metric: METRIC.refusals,
    service: 'rebalance',
    threshold: 1,
    minutes: 5,
    minutesToAlarm: 3,
    description: 'A guard refuses to write; the journal and the log name the guard and the reason.',
  },
  'insufficient-capacity': {
    metric: METRIC.insufficientCapacity,
    service: 'rebalance',
    threshold: 1,
    minutes: 5,
    minutesToAlarm: 3,
    description: 'No provider has room for the demand; overload is spread evenly.',
  },
  panic: {
    metric: METRIC.panic,
    service: 'rebalance',
    threshold: 1,
    minutes: 1,
    minutesToAlarm: 1,
    description: 'So many health checks are red that they are doubted; their providers keep their shares.',
  },
}

export interface ControllerAlarmsProps {
  readonly stage: string
  readonly rebalance: ControllerFunction
}

export class ControllerAlarms extends Construct {
  readonly alarms: Alarm[]

  constructor(scope: Construct, id: string, { stage, rebalance }: ControllerAlarmsProps) {
    super(scope, id)
    this.alarms = Object.entries(WATCHES).map(([name, watch]) => this.#watch(stage, name, watch))
    this.alarms.push(
      new Alarm(this, 'not-running', {
        alarmName: `sluice-${stage}-not-running`,
        alarmDescription:
          'rebalance has not run for 5 minutes. Route 53 goes on answering with the weights that stand. See docs/operations.md.',
        metric: rebalance.function.metricInvocations({ period: Duration.minutes(1), statistic: 'Sum' }),
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 5,
        treatMissingData: TreatMissingData.BREACHING,
      }),
    )
  }

  #watch(stage: string, name: string, { metric, service, threshold, minutes, minutesToAlarm, description }: Watch): Alarm {
    return new Alarm(this, name, {
      alarmName: `sluice-${stage}-${name}`,
      alarmDescription: `${description} See docs/operations.md.`,
      metric: new Metric({
        namespace: CONTROLLER_NAMESPACE,
        metricName: metric,
        dimensionsMap: { service, Stage: stage },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: minutes,
      datapointsToAlarm: minutesToAlarm,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }
}
