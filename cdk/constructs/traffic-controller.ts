// The whole controller of one stage: what is made, what calls what, and what each may do.
import { Duration, Stack } from 'aws-cdk-lib'
import { Schedule } from 'aws-cdk-lib/aws-events'
import { Construct } from 'constructs'
import type { Bundles } from '#cdk/bundling/bundle-handlers.ts'
import { functionName, type HandlerName } from '#cdk/handlers.ts'
import { applyGrants } from '#cdk/permissions/apply-grants.ts'
import { configurationGrant, stateGrant } from '#cdk/permissions/common-grants.ts'
import { rebalanceGrants } from '#cdk/permissions/rebalance-grants.ts'
import { reconcileGrants } from '#cdk/permissions/reconcile-grants.ts'
import { stagePath } from '#config/parameter-names.ts'
import type { Configuration } from '#model/configuration.ts'
import { ConfigurationParameters } from './configuration-parameters.ts'
import { ControllerAlarms } from './controller-alarms.ts'
import { ControllerFunction } from './controller-function.ts'
import { Dashboard } from './dashboard.ts'
import { DeadLetters } from './dead-letters.ts'
import { IngressHealthChecks, probeAlarmPrefix } from './ingress-health-checks.ts'
import { InvocationRule } from './invocation-rule.ts'
import { StateTable } from './state-table.ts'
import { tellTopic } from './tell-topic.ts'

export interface TrafficControllerProps {
  readonly configuration: Configuration
  /** Undefined: functions without code, for tests of the template. */
  readonly bundles: Bundles | undefined
}

export class TrafficController extends Construct {
  readonly functions: Readonly<Record<HandlerName, ControllerFunction>>

  constructor(scope: Construct, id: string, { configuration, bundles }: TrafficControllerProps) {
    super(scope, id)
    const { stage } = configuration
    const state = new StateTable(this, 'State')
    const deadLetters = new DeadLetters(this, 'DeadLetters', stage)
    const healthChecks = new IngressHealthChecks(this, 'HealthChecks', configuration)

    const make = (handler: HandlerName, environment: Readonly<Record<string, string>>) =>
      new ControllerFunction(this, handler, {
        stage,
        handler,
        bundle: bundles?.directories[handler],
        deadLetters: deadLetters.queue,
        environment: { SLUICE_TABLE: state.table.tableName, ...environment },
      })
    const apply = make('apply', {})
    const rebalance = make('rebalance', { SLUICE_APPLY_FUNCTION: functionName(stage, 'apply') })
    const reconcile = make('reconcile', { SLUICE_REBALANCE_FUNCTION: functionName(stage, 'rebalance') })
    this.functions = { rebalance, apply, reconcile }

    const parameters = Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: stagePath(stage).slice(1) })
    const table = state.table.tableArn
    for (const one of [rebalance, apply, reconcile]) one.grant(configurationGrant(parameters))
    apply.grant(
      stateGrant(
        table,
        ['GetItem', 'Query', 'PutItem'],
        'What was last observed, with its fence, overrides, the last good plan, and the journal.',
      ),
    )
    rebalance.grant(
      stateGrant(
        table,
        ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
        "The estimator's memory, overrides, observed records, the last good plan, the journal; DeleteItem ends an override.",
      ),
    )
    reconcile.grant(stateGrant(table, ['Query', 'PutItem'], 'Compares what was last observed with what stands, and keeps what it saw.'))
    for (const grant of applyGrants(configuration)) apply.grant(grant)
    for (const grant of rebalanceGrants(apply.function.functionArn)) rebalance.grant(grant)
    for (const grant of reconcileGrants(configuration, rebalance.function.functionArn)) reconcile.grant(grant)

    const rule = (
      name: string,
      target: ControllerFunction,
      description: string,
      when: Pick<ConstructorParameters<typeof InvocationRule>[2], 'schedule' | 'eventPattern'>,
    ) => new InvocationRule(this, name, { ruleName: `sluice-${stage}-${name}`, description, target, deadLetters, ...when })
    rule('tick', rebalance, 'Rebalances every minute.', { schedule: Schedule.rate(Duration.minutes(1)) })
    rule('sweep', reconcile, 'Looks for drift every 10 minutes.', { schedule: Schedule.rate(Duration.minutes(10)) })
    rule('probe-alarm', rebalance, 'Rebalances at once when a health check turns.', {
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        detail: { alarmName: [{ prefix: probeAlarmPrefix(stage) }] },
      },
    })

    new ConfigurationParameters(this, 'Configuration', {
      configuration,
      healthChecks,
      stack: {
        table: state.table.tableName,
        functions: {
          rebalance: functionName(stage, 'rebalance'),
          apply: functionName(stage, 'apply'),
          reconcile: functionName(stage, 'reconcile'),
        },
      },
    })
    const watch = new ControllerAlarms(this, 'Alarms', { stage, rebalance })
    const alarms = [
      ...healthChecks.alarms,
      ...watch.alarms,
      ...[rebalance, apply, reconcile].map(({ errorAlarm }) => errorAlarm),
      deadLetters.alarm,
    ]
    if (configuration.alarmTopicArn !== undefined) tellTopic(alarms, configuration.alarmTopicArn)
    new Dashboard(this, 'Dashboard', { configuration, healthChecks, alarms })
  }
}
