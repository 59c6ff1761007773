// The event buses: they take events, find the rules that want them, and hand them to the targets.
// Source: EventBridge user guide, "Events" (the envelope), "Targets", "Using dead-letter queues to process undelivered events".
import { ACCOUNT_ID } from '../account.ts'
import { type AwsClock, everyClockSeconds } from '../clock.ts'
import { uuidFrom } from '../identifier.ts'
import type { Topics } from '../sns/topics.ts'
import { mayServiceSend } from '../sqs/queue-policy.ts'
import type { Queues } from '../sqs/queues.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { Deliver, Delivery, Target } from './deliver.ts'
import { matchesPattern } from './pattern.ts'
import { type Bus, type Buses, DEFAULT_BUS, type Rule } from './rules.ts'

export type BusEvent = {
  readonly source: string
  readonly detailType: string
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: unknown
  readonly atSeconds?: number | undefined
}

export type EventBus = {
  readonly buses: Buses
  /** Answers the event's id. A bus that does not exist swallows the event, as EventBridge does (github.com/aws/aws-sdk, issue 186). */
  put(event: BusEvent, busName?: string): string
  /** Starts, or starts anew, the schedule of a rule. */
  schedule(rule: Rule, region: string): void
  setDeliver(deliver: Deliver): void
  stop(): void
}

export function createEventBus(clock: AwsClock, queues: Queues, topics: Topics): EventBus {
  const standing: Bus = { name: DEFAULT_BUS, createdSeconds: clock.nowSeconds(), rules: new Map() }
  const buses: Buses = new Map([[DEFAULT_BUS, standing]])
  let count = 0
  let deliver: Deliver = async ({ target }) => {
    throw new Error(`Nobody delivers to ${target.arn} here`)
  }

  function envelope(event: BusEvent): Record<string, unknown> & { id: string } {
    const time = new Date((event.atSeconds ?? clock.nowSeconds()) * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z')
    return {
      version: '0',
      id: uuidFrom(`event ${++count} ${event.source} ${time}`),
      'detail-type': event.detailType,
      source: event.source,
      account: ACCOUNT_ID,
      time,
      region: event.region,
      resources: event.resources,
      detail: event.detail,
    }
  }

  function send(rule: Rule, event: Record<string, unknown>): void {
    for (const target of rule.targets.values()) {
      const delivery: Delivery = { ruleArn: rule.arn, target, payload: payloadFor(target, event) }
      carry(delivery).catch((error: Error) => deadLetter(queues, delivery, error))
    }
  }

  /** Queues and topics are of this account; everything else is the runtime's. */
  async function carry(delivery: Delivery): Promise<void> {
    const { target, payload } = delivery
    if (target.arn.startsWith('arn:aws:sqs:')) {
      sendAsRule(queues, target.arn, delivery.ruleArn, payload, {})
    } else if (target.arn.startsWith('arn:aws:sns:')) publishAsRule(topics, delivery)
    else await deliver(delivery)
  }

  return {
    buses,
    put(event, busName = DEFAULT_BUS) {
      const whole = envelope(event)
      const bus = buses.get(busName)
      if (bus === undefined) console.warn(`in-process EventBridge: an event for the bus ${busName} was lost: there is no such bus`)
      for (const rule of bus?.rules.values() ?? []) {
        if (rule.isEnabled && rule.pattern !== undefined && matchesPattern(rule.pattern.parsed, whole)) send(rule, whole)
      }
      return whole.id
    },
    schedule(rule, region) {
      rule.stopSchedule()
      const every = rule.schedule?.everySeconds
      if (every === undefined || !rule.isEnabled) return
      // A rate counts from the moment the rule was made (user guide, "Rate expressions").
      const fire = (atSeconds: number) =>
        send(rule, envelope({ source: 'aws.events', detailType: 'Scheduled Event', region, resources: [rule.arn], detail: {}, atSeconds }))
      rule.stopSchedule = everyClockSeconds(clock, every, fire, Math.floor(clock.nowSeconds()) % every)
    },
    setDeliver(given) {
      deliver = given
    },
    stop() {
      for (const { rules } of buses.values()) for (const rule of rules.values()) rule.stopSchedule()
    },
  }
}

function payloadFor(target: Target, event: Record<string, unknown>): string {
  if (target.input !== undefined) return target.input
  if (target.inputPath === undefined || target.inputPath === '$') return JSON.stringify(event)
  let part: unknown = event
  for (const step of target.inputPath.replace(/^\$\.?/, '').split('.')) part = (part as Record<string, unknown> | undefined)?.[step]
  return JSON.stringify(part ?? null)
}

function deadLetter(queues: Queues, { ruleArn, target, payload }: Delivery, error: Error): void {
  const attributes = {
    RULE_ARN: ruleArn,
    TARGET_ARN: target.arn,
    ERROR_CODE: error instanceof ServiceFault ? error.code : error.name,
    ERROR_MESSAGE: error.message,
  }
  try {
    if (target.deadLetterArn === undefined) throw error
    sendAsRule(queues, target.deadLetterArn, ruleArn, payload, attributes)
  } catch (cause) {
    console.warn(`in-process EventBridge: an event for ${target.arn} was lost: ${(cause as Error).message}`)
  }
}

function publishAsRule(topics: Topics, { ruleArn, target, payload }: Delivery): void {
  if (!topics.arns().includes(target.arn)) throw new Error(`There is no topic ${target.arn}`)
  if (!topics.mayServicePublish(target.arn, 'events.amazonaws.com', ruleArn))
    throw new Error(`The policy of topic ${target.arn} does not let ${ruleArn} publish to it`)
  topics.publish(target.arn, payload)
}

function sendAsRule(queues: Queues, queueArn: string, ruleArn: string, body: string, attributes: Readonly<Record<string, string>>): void {
  const queue = queues.find(queueArn)
  if (queue === undefined) throw new Error(`There is no queue ${queueArn}`)
  if (!mayServiceSend(queue, 'events.amazonaws.com', ruleArn))
    throw new Error(`The policy of queue ${queueArn} does not let ${ruleArn} send to it`)
  queues.send(queueArn, body, attributes)
}
