// The whole controller of one stage: what is made, what calls what, and what each may do.
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib'
import { Schedule } from 'aws-cdk-lib/aws-events'
import { Construct } from 'constructs'
import type { Bundles } from '#cdk/bundling/bundle-handlers.ts'
import { busName, functionName, type HandlerName } from '#cdk/handlers.ts'
import { applyGrants } from '#cdk/permissions/apply-grants.ts'
import { beginGrants, judgeGrants, stepGrants } from '#cdk/permissions/canary-grants.ts'
import { configurationGrant, stateGrant } from '#cdk/permissions/common-grants.ts'
import { rebalanceGrants } from '#cdk/permissions/rebalance-grants.ts'
import { reconcileGrants } from '#cdk/permissions/reconcile-grants.ts'
import { stagePath } from '#config/parameter-names.ts'
import type { Configuration } from '#model/configuration.ts'
import { CanaryMachine } from './canary-machine.ts'
import { CanaryNews } from './canary-news.ts'
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

/** The ARNs of the alarms that strategies name, each once. */
function namedAlarms(stack: Stack, { hostnames }: Configuration): string[] {
  const names = new Set(hostnames.flatMap(({ strategy }) => strategy?.alarms ?? []))
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME
  return [...names].map((resourceName) => stack.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName, arnFormat }))
}

/** The ARNs of the functions that strategies name as checks, each once. */
function namedChecks(stack: Stack, { hostnames }: Configuration): string[] {
  const named = hostnames.flatMap(({ strategy }) => (strategy?.gates ?? []).flatMap(({ check }) => check?.function ?? []))
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME
  return [...new Set(named)].map((one) =>
    one.startsWith('arn:') ? one : stack.formatArn({ service: 'lambda', resource: 'function', resourceName: one, arnFormat }),
  )
}

export class TrafficController extends Construct {
  readonly functions: Readonly<Record<HandlerName, ControllerFunction>>
  readonly canary: CanaryMachine

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
        environment,
      })
    const withTable = { SLUICE_TABLE: state.table.tableName }
    const rebalanceName = { SLUICE_REBALANCE_FUNCTION: functionName(stage, 'rebalance') }
    const apply = make('apply', withTable)
    const rebalance = make('rebalance', { ...withTable, SLUICE_APPLY_FUNCTION: functionName(stage, 'apply') })
    const stepName = { SLUICE_STEP_FUNCTION: functionName(stage, 'canary-step') }
    const reconcile = make('reconcile', { ...withTable, ...rebalanceName, ...stepName })
    const judgeName = { SLUICE_JUDGE_FUNCTION: functionName(stage, 'canary-judge') }
    const begin = make('canary-begin', { ...withTable, ...judgeName, ...stepName })
    const judge = make('canary-judge', {})
    const step = make('canary-step', {
      ...{ ...withTable, ...rebalanceName, ...judgeName },
      SLUICE_BUS: busName(stage),
    })
    this.functions = { rebalance, apply, reconcile, 'canary-begin': begin, 'canary-step': step, 'canary-judge': judge }
    this.canary = new CanaryMachine(this, 'canary-machine', { stage, begin, step })
    const news = new CanaryNews(this, 'News', stage, deadLetters)

    const parameters = Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: stagePath(stage).slice(1) })
    const table = state.table.tableArn
    for (const one of Object.values(this.functions)) one.grant(configurationGrant(parameters))
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
    for (const one of [begin, step]) {
      const reason =
        'The control row with the lock of the hostname, by conditional writes; observed records, decisions, overrides, the journal.'
      one.grant(stateGrant(table, ['GetItem', 'Query', 'PutItem'], reason))
    }
    for (const grant of applyGrants(configuration)) apply.grant(grant)
    for (const grant of rebalanceGrants(apply.function.functionArn)) rebalance.grant(grant)
    const called = { rebalanceFunctionArn: rebalance.function.functionArn, stepFunctionArn: step.function.functionArn }
    for (const grant of reconcileGrants(configuration, { ...called, executionsArn: this.canary.executionsArn })) reconcile.grant(grant)
    const checkArns = namedChecks(Stack.of(this), configuration)
    for (const grant of stepGrants({
      ...called,
      judgeFunctionArn: judge.function.functionArn,
      busArn: news.bus.eventBusArn,
      checkArns,
    }))
      step.grant(grant)
    for (const grant of beginGrants({ ...called, judgeFunctionArn: judge.function.functionArn, checkArns })) begin.grant(grant)
    for (const grant of judgeGrants(namedAlarms(Stack.of(this), configuration))) judge.grant(grant)

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

    // StopExecution, a time-out and an error that nothing caught run no state any more.
    rule('canary-died', reconcile, 'Restores the shares of a canary whose execution ended before its time.', {
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [this.canary.arn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
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
        canary: {
          machine: this.canary.arn,
          step: functionName(stage, 'canary-step'),
          judge: functionName(stage, 'canary-judge'),
          bus: busName(stage),
        },
      },
    })
    const watch = new ControllerAlarms(this, 'Alarms', { stage, rebalance })
    const alarms = [
      ...healthChecks.alarms,
      ...watch.alarms,
      ...Object.values(this.functions).map(({ errorAlarm }) => errorAlarm),
      deadLetters.alarm,
    ]
    if (configuration.alarmTopicArn !== undefined) tellTopic(alarms, configuration.alarmTopicArn)
    new Dashboard(this, 'Dashboard', { configuration, healthChecks, alarms })
  }
}
