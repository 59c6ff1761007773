// Where canaries tell what becomes of them: an event bus for programs, and a topic on it for people.
import { Duration } from 'aws-cdk-lib'
import { EventBus, Match, Rule } from 'aws-cdk-lib/aws-events'
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { busName, machineName } from '#cdk/handlers.ts'
import type { DeadLetters } from './dead-letters.ts'

/** News of a canary is worth reading for an hour; EventBridge would try for a day. */
const MAX_NEWS_AGE = Duration.hours(1)

/** Somebody subscribes to the topic by hand: an address is no part of a deployment. */
export class CanaryNews extends Construct {
  readonly bus: EventBus

  constructor(scope: Construct, id: string, stage: string, deadLetters: DeadLetters) {
    super(scope, id)
    this.bus = new EventBus(this, 'Bus', { eventBusName: busName(stage), description: `What canaries of stage ${stage} do` })
    // Not encrypted with a key: EventBridge cannot publish with the free key of SNS, and the events hold names and shares, nothing secret.
    const topic = new Topic(this, 'Topic', { topicName: machineName(stage), displayName: `Sluice ${stage}: canaries`, enforceSSL: true })
    new Rule(this, 'Tell', {
      ruleName: `sluice-${stage}-canary-news`,
      description: 'Tells the subscribers of the topic what canaries do.',
      eventBus: this.bus,
      eventPattern: { source: ['sluice'], detailType: Match.prefix('Canary ') },
      targets: [new SnsTopic(topic, { deadLetterQueue: deadLetters.queue, maxEventAge: MAX_NEWS_AGE })],
    })
  }
}
