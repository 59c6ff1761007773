// SNS on the wire: CreateTopic, SetTopicAttributes (the policy), ListTopics, Subscribe (queues), Publish.
// Source: SNS API reference of each; developer guide, "Fanout to Amazon SQS queues" (the message's JSON).
import { ACCOUNT_ID } from '../account.ts'
import type { WireService } from '../wire/message.ts'
import type { Call, Gate, Operation } from '../wire/operation.ts'
import { queryService } from '../wire/query-protocol.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { Topics } from './topics.ts'

type Entry = { readonly key?: string; readonly value?: string }
type Input = {
  readonly Name?: string
  readonly TopicArn?: string
  readonly TargetArn?: string
  readonly Protocol?: string
  readonly Endpoint?: string
  readonly Message?: string
  readonly Subject?: string
  readonly AttributeName?: string
  readonly AttributeValue?: string
  readonly Attributes?: readonly Entry[]
}

const topicArn = (name: string, { region }: Call) => `arn:aws:sns:${region}:${ACCOUNT_ID}:${name}`

export function snsService(topics: Topics, gate: Gate): WireService {
  const on = (action: string, resource: (input: Input, call: Call) => string, run: Operation<Input>['run']): Operation<Input> => ({
    permissions: (input, call) => [{ action: `sns:${action}`, resource: resource(input, call) }],
    run,
  })
  const arn = ({ TopicArn, TargetArn }: Input) => TopicArn ?? TargetArn ?? ''
  const operations: Readonly<Record<string, Operation>> = {
    CreateTopic: on(
      'CreateTopic',
      ({ Name = '' }, call) => topicArn(Name, call),
      ({ Name = '' }, call) => {
        if (!/^[\w-]{1,256}$/.test(Name)) throw new ServiceFault('InvalidParameter', `Invalid parameter: Topic Name: '${Name}'`)
        topics.create(topicArn(Name, call))
        return { TopicArn: topicArn(Name, call) }
      },
    ),
    SetTopicAttributes: on('SetTopicAttributes', arn, (input) => {
      existing(topics, arn(input))
      if (input.AttributeName !== 'Policy')
        throw new ServiceFault('NotImplemented', `The in-process SNS keeps the attribute Policy only, not '${input.AttributeName}'`, 501)
      topics.setPolicy(arn(input), checkedPolicy(input.AttributeValue))
    }),
    ListTopics: on(
      'ListTopics',
      () => '*',
      () => ({ Topics: topics.arns().map((TopicArn) => ({ TopicArn })) }),
    ),
    Subscribe: on('Subscribe', arn, (input) => {
      existing(topics, arn(input))
      if (input.Protocol !== 'sqs')
        throw new ServiceFault('NotImplemented', `The in-process SNS delivers to sqs only, not to '${input.Protocol}'`, 501)
      const isRaw = (input.Attributes ?? []).some(({ key, value }) => key === 'RawMessageDelivery' && value === 'true')
      return { SubscriptionArn: topics.subscribe(arn(input), { queueArn: input.Endpoint ?? '', isRaw }) }
    }),
    Publish: on('Publish', arn, (input) => {
      existing(topics, arn(input))
      if (!input.Message) throw new ServiceFault('InvalidParameter', 'Invalid parameter: Empty message')
      return { MessageId: topics.publish(arn(input), input.Message, input.Subject) }
    }),
  }
  return queryService({ scope: 'sns', namespace: 'https://sns.amazonaws.com/doc/2010-03-31/', gate, operations })
}

function existing(topics: Topics, arn: string): void {
  if (!topics.arns().includes(arn)) throw new ServiceFault('NotFound', 'Topic does not exist', 404)
}

/** Policies that cannot be evaluated faithfully are found when somebody acts on them; what is no JSON, here. */
function checkedPolicy(policy = ''): string {
  try {
    JSON.parse(policy)
    return policy
  } catch {
    throw new ServiceFault('InvalidParameter', 'Invalid parameter: Policy Error: the policy is not JSON')
  }
}
