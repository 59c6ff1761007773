// What the stack gives canaries: the machine, its three functions without a hand on DNS, the bus and the way to reconcile.
import { Match } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { HANDLERS } from '#cdk/handlers.ts'
import { roleOwner } from '#cdk/permissions/role-owner.ts'
import { canaryDefinition } from '#cdk/state-machines/canary-definition.ts'
import { exampleConfiguration, synthesise } from './synthesise.ts'

const template = synthesise(exampleConfiguration())

function actionsOf(owner: string): string[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => roleOwner(id) === owner)
  return policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action))
}

test('the machine of the template is the definition, with the functions of the stack in it', () => {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'))
  const [, parts = []] = (machine?.Properties.DefinitionString?.['Fn::Join'] ?? []) as [
    string,
    (string | { 'Fn::GetAtt': [string, string] })[],
  ]
  const text = parts.map((part) => (typeof part === 'string' ? part : part['Fn::GetAtt'][0].replace(/Function[0-9A-F]{8}$/, ''))).join('')
  const wanted = canaryDefinition({
    beginArn: 'Controllercanarybegin',
    stepArn: 'Controllercanarystep',
    beginTimeoutSeconds: HANDLERS['canary-begin'].timeoutSeconds,
    stepTimeoutSeconds: HANDLERS['canary-step'].timeoutSeconds,
  })
  expect(JSON.parse(text)).toEqual(wanted)
})

test('the machine is a standard one with its whole history in a log, and is made after its permissions', () => {
  template.hasResource('AWS::StepFunctions::StateMachine', {
    Properties: {
      StateMachineName: 'sluice-prod-canary',
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true },
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('canarymachineRoleDefaultPolicy')]),
  })
})

test('the machine can call the two functions of its tasks, and nothing else but its log', () => {
  expect(actionsOf('canary-machine').filter((action) => !action.startsWith('logs:'))).toEqual(['lambda:InvokeFunction'])
})

test('no function of a canary can touch DNS', () => {
  for (const owner of ['canary-begin', 'canary-step', 'canary-judge'])
    expect(
      actionsOf(owner).filter((action) => action.startsWith('route53:')),
      owner,
    ).toEqual([])
})

test('the judge can read metrics and its configuration, and write nothing but its own log and dead letters', () => {
  expect(actionsOf('canary-judge').toSorted()).toEqual([
    ...['cloudwatch:GetMetricData', 'logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'],
    ...['ssm:GetParameters', 'ssm:GetParametersByPath'],
  ])
})

test('step waits longer than the judge and rebalance may take one after the other', () => {
  expect(HANDLERS['canary-step'].timeoutSeconds).toBeGreaterThan(
    HANDLERS['canary-judge'].timeoutSeconds + HANDLERS.rebalance.timeoutSeconds,
  )
})

test('an execution that ended before its time is told to reconcile', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    Name: 'sluice-prod-canary-died',
    EventPattern: {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    },
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Controllerreconcile'), 'Arn'] } })],
  })
})

test('news go to the bus of the stage, and from there to a topic that takes no plain HTTP', () => {
  template.hasResourceProperties('AWS::Events::EventBus', { Name: 'sluice-prod' })
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['sluice'], 'detail-type': [{ prefix: 'Canary ' }] },
    Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('NewsTopic') } })],
  })
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        Match.objectLike({ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'events.amazonaws.com' } }),
      ]),
    },
  })
})

test('the stack’s parameter names the machine, the functions that operators ask, and the bus', () => {
  template.hasResourceProperties('AWS::SSM::Parameter', {
    Name: '/sluice/prod/stack',
    Value: {
      'Fn::Join': [
        '',
        Match.arrayWith([
          Match.stringLikeRegexp(
            ':stateMachine:sluice-prod-canary","step":"sluice-prod-canary-step","judge":"sluice-prod-canary-judge","bus":"sluice-prod"',
          ),
        ]),
      ],
    },
  })
})
