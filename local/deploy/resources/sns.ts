// AWS::SNS::Topic, AWS::SNS::TopicPolicy and AWS::SNS::Subscription, over the wire.
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

const TopicProperties = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().optional(),
  Tags: z.unknown().optional(),
})

export const snsTopic = resourceType<z.infer<typeof TopicProperties>>({
  type: 'AWS::SNS::Topic',
  properties: TopicProperties,
  replacedBy: ['TopicName'],
  async put({ properties, existing, generatedName }, { clients: { sns } }) {
    if (existing !== undefined) return existing
    const Name = properties.TopicName ?? generatedName
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name }))
    return { physicalId: TopicArn, attributes: { TopicArn, TopicName: Name } }
  },
  async remove({ physicalId }, _properties, { clients: { sns } }) {
    await sns.send(new DeleteTopicCommand({ TopicArn: physicalId }))
  },
})

const TopicPolicyProperties = z.strictObject({ Topics: z.array(z.string()).min(1), PolicyDocument: z.record(z.string(), z.unknown()) })

export const snsTopicPolicy = resourceType<z.infer<typeof TopicPolicyProperties>>({
  type: 'AWS::SNS::TopicPolicy',
  properties: TopicPolicyProperties,
  replacedBy: [],
  async put({ properties, existing, generatedName }, { clients: { sns } }) {
    const AttributeValue = JSON.stringify(properties.PolicyDocument)
    for (const TopicArn of properties.Topics) {
      await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }))
    }
    return { physicalId: existing?.physicalId ?? generatedName, attributes: { Id: generatedName } }
  },
  async remove(_made, { Topics }, { clients: { sns } }) {
    // What a topic begins with names no service: nothing more is allowed than that.
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement: [] })
    for (const TopicArn of Topics) await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }))
  },
})

const SubscriptionProperties = z.strictObject({ TopicArn: z.string(), Protocol: z.string(), Endpoint: z.string() })

export const snsSubscription = resourceType<z.infer<typeof SubscriptionProperties>>({
  type: 'AWS::SNS::Subscription',
  properties: SubscriptionProperties,
  replacedBy: ['TopicArn', 'Protocol', 'Endpoint'],
  async put({ properties }, { clients: { sns } }) {
    const { SubscriptionArn = '' } = await sns.send(new SubscribeCommand({ ...properties, ReturnSubscriptionArn: true }))
    return { physicalId: SubscriptionArn, attributes: {} }
  },
  async remove({ physicalId }, _properties, { clients: { sns } }) {
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: physicalId }))
  },
})
