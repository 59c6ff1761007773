// What several functions may do: read the configuration of their stage, use items of the state table, hand over dead letters, write their own log.
// What only one may do stands in a file of its name beside this one.
import type { Grant } from './grant.ts'

/** `parameterArn` of `/sluice/<stage>`, without a trailing slash. */
export function configurationGrant(stagePathArn: string): Grant {
  return {
    sid: 'ReadConfiguration',
    actions: ['ssm:GetParametersByPath', 'ssm:GetParameters'],
    resources: [`${stagePathArn}/*`],
    reason: 'The configuration of the stage.',
    whyWide: 'Providers and hostnames come and go; all lie under the path of the stage.',
  }
}

export function stateGrant(tableArn: string, actions: readonly string[], reason: string): Grant {
  return { sid: 'UseState', actions: actions.map((action) => `dynamodb:${action}`), resources: [tableArn], reason }
}

export function deadLetterGrant(queueArn: string): Grant {
  return {
    sid: 'SendDeadLetters',
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
    reason: 'Lambda puts events that came too late or failed into the queue, with the rights of the function.',
  }
}

/** `logGroupArn` without the `:*` that stands for its streams. */
export function logGrant(logGroupArn: string): Grant {
  return {
    sid: 'WriteLog',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [`${logGroupArn}:*`],
    reason: 'Its own log group, which the stack makes.',
    whyWide: 'Log streams are named by Lambda; the group is exact.',
  }
}
