// Who carries events to the targets of rules.

export type Target = {
  readonly id: string
  readonly arn: string
  readonly roleArn?: string | undefined
  /** A constant JSON text in place of the event. */
  readonly input?: string | undefined
  readonly inputPath?: string | undefined
  readonly deadLetterArn?: string | undefined
  readonly maximumEventAgeSeconds?: number | undefined
  readonly maximumRetryAttempts?: number | undefined
}

export type Delivery = {
  readonly ruleArn: string
  readonly target: Target
  /** The JSON text that the target gets: the event, or what the target's Input makes of it. */
  readonly payload: string
}

/** Settles when the target has taken it over (Lambda: queued). A rejection sends the event to the target's dead-letter queue. */
export type Deliver = (delivery: Delivery) => Promise<void>
