// An in-process AWS on a clock that stands, with clients, closed when the test ends.
import { onTestFinished } from 'vitest'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import { type AwsClients, awsClients, destroyClients } from './aws-clients.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'

export type Account = {
  readonly aws: InProcessAws
  readonly clock: ManualClock
  readonly root: AwsClients
  as(accessKeyId: string): AwsClients
}

export async function anAccount(): Promise<Account> {
  const clock = manualClock()
  const aws = await createInProcessAws({ clock })
  aws.route53.settings.processingSeconds = 0
  const opened: AwsClients[] = []
  const as = (accessKeyId: string) => {
    const clients = awsClients(aws.url, accessKeyId)
    opened.push(clients)
    return clients
  }
  onTestFinished(async () => {
    opened.forEach(destroyClients)
    await aws.close()
  })
  return { aws, clock, root: as('root'), as }
}
