// An EventBridge rule that calls one function at most once per event and never late.
import { Rule, type RuleProps } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { Construct } from 'constructs'
import { type ControllerFunction, MAX_EVENT_AGE } from './controller-function.ts'
import type { DeadLetters } from './dead-letters.ts'

export interface InvocationRuleProps extends Pick<RuleProps, 'schedule' | 'eventPattern'> {
  readonly ruleName: string
  readonly description: string
  readonly target: ControllerFunction
  readonly deadLetters: DeadLetters
}

/** By default EventBridge would go on trying for 24 hours. */
export class InvocationRule extends Construct {
  constructor(scope: Construct, id: string, { target, deadLetters, ...rule }: InvocationRuleProps) {
    super(scope, id)
    new Rule(this, 'Rule', {
      ...rule,
      targets: [new LambdaFunction(target.function, { maxEventAge: MAX_EVENT_AGE, retryAttempts: 0, deadLetterQueue: deadLetters.queue })],
    })
  }
}
