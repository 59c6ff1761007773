// An AWS account in this process: one HTTP endpoint that speaks the services' own protocols for a closed list of operations.
import type { AwsClock } from './clock.ts'
import type { CloudWatchAccess } from './cloudwatch/access.ts'
import type { Deliver } from './events/deliver.ts'
import { createIam, type Iam } from './iam/iam.ts'
import type { FunctionRegistry } from './lambda/function-host.ts'
import type { Route53Access } from './route53/access.ts'
import type { FaultInjection } from './wire/fault-injection.ts'
import { openEndpoint } from './wire/server.ts'

export type InProcessAwsOptions = {
  readonly clock: AwsClock
  /** TCP port on loopback. @default 0, a free one */
  readonly port?: number
}

export type InProcessAws = {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string
  readonly port: number
  readonly iam: Iam
  readonly route53: Route53Access
  readonly cloudwatch: CloudWatchAccess
  readonly lambda: FunctionRegistry
  readonly events: {
    /** Until it is called, deliveries to anything but SQS and SNS go to the dead-letter queue of the target, or are lost with a warning. */
    setDeliver(deliver: Deliver): void
  }
  readonly sqs: {
    /** Puts a message into a queue by its ARN; false when there is no such queue. */
    send(queueArn: string, body: string, attributes?: Readonly<Record<string, string>>): boolean
  }
  /** Answers chosen operations with errors. */
  readonly faults: FaultInjection
  close(): Promise<void>
}

/** Starts with an empty account. Rejects when the port is taken. */
export async function createInProcessAws({ clock, port = 0 }: InProcessAwsOptions): Promise<InProcessAws> {
  const iam = createIam()
  const endpoint = await openEndpoint({ clock, port, services: [] })
  return { ...endpoint, iam } as unknown as InProcessAws
}
