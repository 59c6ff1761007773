// One CloudWatch client for each region that is asked: the metrics of health checks live in us-east-1 only, others where their publishers are.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { clientDefaults } from './clients.ts'

/** Made when a region is first asked, and kept: a function that runs again finds its connections open. */
export function cloudwatchClients(): (region: string) => CloudWatchClient {
  const clients = new Map<string, CloudWatchClient>()
  return (region) => {
    const client = clients.get(region) ?? new CloudWatchClient({ ...clientDefaults, region })
    clients.set(region, client)
    return client
  }
}
