// The state machine of canaries with all that is its own: role and log. It costs nothing while no canary runs, so every stage has it.
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import { HANDLERS, machineName } from '#cdk/handlers.ts'
import { acknowledgeWidth } from '#cdk/permissions/acknowledge.ts'
import { canaryMachineGrants } from '#cdk/permissions/canary-grants.ts'
import { type Grant, toStatement } from '#cdk/permissions/grant.ts'
import { canaryDefinition } from '#cdk/state-machines/canary-definition.ts'
import type { ControllerFunction } from './controller-function.ts'

export interface CanaryMachineProps {
  readonly stage: string
  readonly begin: ControllerFunction
  readonly step: ControllerFunction
}

export class CanaryMachine extends Construct {
  readonly grants: readonly Grant[]
  /** Spelled out, so that what the machine calls may name it. */
  readonly arn: string
  /** Any execution of the machine. */
  readonly executionsArn: string

  constructor(scope: Construct, id: string, { stage, begin, step }: CanaryMachineProps) {
    super(scope, id)
    const name = machineName(stage)
    const arnOf = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME })
    this.arn = arnOf('stateMachine', name)
    this.executionsArn = arnOf('execution', `${name}:*`)
    const logs = new LogGroup(this, 'Log', {
      // The prefix keeps the resource policy of the log delivery short (Step Functions developer guide, "Logging in CloudWatch Logs").
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com'), description: `Permissions of ${name}` })
    this.grants = canaryMachineGrants(begin.function.functionArn, step.function.functionArn)
    for (const grant of this.grants) {
      role.addToPolicy(toStatement(grant))
      acknowledgeWidth(role, grant)
    }
    const definition = canaryDefinition({
      beginArn: begin.function.functionArn,
      stepArn: step.function.functionArn,
      beginTimeoutSeconds: HANDLERS['canary-begin'].timeoutSeconds,
      stepTimeoutSeconds: HANDLERS['canary-step'].timeoutSeconds,
    })
    const machine = new StateMachine(this, 'Machine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      // Only the grants above: the construct would add permissions of its own.
      role: role.withoutPolicyUpdates(),
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: true },
      tracingEnabled: false,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // Step Functions checks the right to deliver the log when the machine is made.
    machine.node.addDependency(role)
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions-SF2',
      reason:
        'No function of the controller is traced: the journal tells every transition with its reason, the history of the execution every call.',
    })
  }
}
