// One function of the controller with all that is its own: role, log group, dead letters, alarm.
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { functionName, HANDLERS, type HandlerName } from '#cdk/handlers.ts'
import { acknowledgeWidth } from '#cdk/permissions/acknowledge.ts'
import { deadLetterGrant, logGrant } from '#cdk/permissions/common-grants.ts'
import { type Grant, toStatement } from '#cdk/permissions/grant.ts'

export interface ControllerFunctionProps {
  readonly stage: string
  readonly handler: HandlerName
  /** Directory with `handler.mjs`. Undefined makes a function that cannot run, for tests of the template. */
  readonly bundle: string | undefined
  /** Where events go that failed or came too late. */
  readonly deadLetters: IQueue
  readonly environment: Readonly<Record<string, string>>
}

/** An order older than a tick must not be executed: the next tick knows better. 60 s is also the least that Lambda and EventBridge take. */
export const MAX_EVENT_AGE = Duration.seconds(60)

export class ControllerFunction extends Construct {
  readonly function: LambdaFunction
  readonly errorAlarm: Alarm
  readonly grants: Grant[] = []
  readonly #role: Role

  constructor(scope: Construct, id: string, props: ControllerFunctionProps) {
    super(scope, id)
    const name = functionName(props.stage, props.handler)
    const settings = HANDLERS[props.handler]
    const logGroupName = `/aws/lambda/${name}`
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: `Permissions of ${name}` })
    this.function = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: settings.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      ...codeOf(props.bundle),
      timeout: Duration.seconds(settings.timeoutSeconds),
      memorySize: settings.memoryMegabytes,
      // Only what `grant` adds: constructs that would add permissions by themselves are not let near the role.
      role: this.#role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      deadLetterQueue: props.deadLetters,
      maxEventAge: MAX_EVENT_AGE,
      retryAttempts: 0,
      environment: {
        ...props.environment,
        SLUICE_STAGE: props.stage,
        POWERTOOLS_SERVICE_NAME: props.handler,
        NODE_OPTIONS: '--enable-source-maps',
      },
    })
    // Lambda checks the right to send dead letters when the function is made.
    this.function.node.addDependency(this.#role)
    // Spelled out: what CloudFormation answers for the ARN of a log group already ends in `:*`.
    this.grant(
      logGrant(
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ),
    )
    this.grant(deadLetterGrant(props.deadLetters.queueArn))
    this.errorAlarm = new Alarm(this, 'ErrorAlarm', {
      alarmName: `${name}-errors`,
      alarmDescription: `${name} failed in 3 of 5 minutes. Route 53 goes on answering with the weights that stand. See docs/operations.md.`,
      metric: this.function.metricErrors({ period: Duration.minutes(1), statistic: 'Sum' }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }

  /** Adds a permission. One that is wider than a single thing is acknowledged with why it is. */
  grant(grant: Grant): void {
    this.grants.push(grant)
    this.#role.addToPolicy(toStatement(grant))
    acknowledgeWidth(this.#role, grant)
  }
}

function codeOf(bundle: string | undefined) {
  if (bundle !== undefined) return { handler: 'handler.handler', code: Code.fromAsset(bundle) }
  return {
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = () => { throw new Error("this function was synthesised without its code") }'),
  }
}
