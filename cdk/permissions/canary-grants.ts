// What the canary's machine and its functions may do. None of them can touch DNS.
import type { Grant } from './grant.ts'

/** The functions behind them are the whole of what the machine can reach. */
export function canaryMachineGrants(beginFunctionArn: string, stepFunctionArn: string): Grant[] {
  return [
    {
      sid: 'RunTasks',
      actions: ['lambda:InvokeFunction'],
      resources: [beginFunctionArn, stepFunctionArn],
      reason: 'The tasks of the machine.',
    },
    {
      sid: 'DeliverLog',
      actions: [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
      ],
      resources: ['*'],
      reason: 'Step Functions has CloudWatch deliver the log of executions, and asks for this when the machine is made.',
      whyWide:
        'The operations of log delivery know no resource (Step Functions developer guide, "IAM policies for logging to CloudWatch Logs").',
    },
  ]
}

export type StepTargets = {
  readonly judgeFunctionArn: string
  readonly rebalanceFunctionArn: string
  readonly busArn: string
  /** Of the functions that strategies name as checks at gates. */
  readonly checkArns: readonly string[]
}

export function stepGrants({ judgeFunctionArn, rebalanceFunctionArn, busArn, checkArns }: StepTargets): Grant[] {
  const checks: Grant = {
    sid: 'AskChecks',
    actions: ['lambda:InvokeFunction'],
    resources: checkArns,
    reason: 'The functions that strategies name as checks at gates.',
  }
  return [
    ...(checkArns.length === 0 ? [] : [checks]),
    {
      sid: 'AskJudge',
      actions: ['lambda:InvokeFunction'],
      resources: [judgeFunctionArn],
      reason: 'What the minutes since the last look say.',
    },
    {
      sid: 'CallRebalance',
      actions: ['lambda:InvokeFunction'],
      resources: [rebalanceFunctionArn],
      reason: 'Shares that changed are to be in the records when the task ends.',
    },
    { sid: 'TellNews', actions: ['events:PutEvents'], resources: [busArn], reason: 'One event a transition, on the bus of the stage.' },
  ]
}

export type BeginTargets = { readonly judgeFunctionArn: string; readonly stepFunctionArn: string; readonly checkArns: readonly string[] }

export function beginGrants({ judgeFunctionArn, stepFunctionArn, checkArns }: BeginTargets): Grant[] {
  const checks: Grant = {
    sid: 'ReadChecks',
    actions: ['lambda:GetFunctionConfiguration'],
    resources: checkArns,
    reason: 'The functions that strategies name as checks at gates: a start is refused where one does not exist.',
  }
  return [
    ...(checkArns.length === 0 ? [] : [checks]),
    {
      sid: 'AskPreflight',
      actions: ['lambda:InvokeFunction'],
      resources: [judgeFunctionArn],
      reason: 'What speaks against a start, and what history teaches before one, as far as it can be read without writing.',
    },
    {
      sid: 'AbortSuperseded',
      actions: ['lambda:InvokeFunction'],
      resources: [stepFunctionArn],
      reason: 'A canary in flight goes back first where its strategy says so and a newer version is started.',
    },
  ]
}

/** @param alarmArns of the alarms that strategies name */
export function judgeGrants(alarmArns: readonly string[]): Grant[] {
  const alarms: Grant = {
    sid: 'ReadAlarms',
    actions: ['cloudwatch:DescribeAlarms'],
    resources: alarmArns,
    reason: 'The alarms that strategies name: they exist, and one in ALARM ends a canary.',
  }
  return [
    ...(alarmArns.length === 0 ? [] : [alarms]),
    {
      sid: 'ReadMinutes',
      actions: ['cloudwatch:GetMetricData'],
      resources: ['*'],
      reason:
        'Requests, failures and latencies of both arms; before a start what the standing version took, and how providers failed beside each other.',
      whyWide: 'CloudWatch has no resource-level permission for GetMetricData (Service Authorization Reference).',
    },
  ]
}
