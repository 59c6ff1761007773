// ListMetrics behind the MetricCatalog port.
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { clientDefaults } from '#adapters/aws/clients.ts'
import type { MetricCatalog } from '#cli/session.ts'
import { awsFailure } from './aws-failure.ts'

/** Enough to find what was probably meant; a namespace of AWS can hold thousands. */
const PAGES = 4

export function cloudwatchCatalog(): MetricCatalog {
  const clients = new Map<string, CloudWatchClient>()
  const clientFor = (region: string) => {
    const client = clients.get(region) ?? new CloudWatchClient({ ...clientDefaults, region })
    clients.set(region, client)
    return client
  }
  return {
    dimensionSets: async ({ region, namespace, metric, dimensions }) => {
      const found: Record<string, string>[] = []
      let NextToken: string | undefined
      for (let page = 0; page < PAGES; page++) {
        const listed = await clientFor(region)
          .send(
            new ListMetricsCommand({
              Namespace: namespace,
              MetricName: metric,
              Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
              NextToken,
            }),
          )
          .catch((error: unknown) => {
            throw awsFailure(error)
          })
        for (const { Dimensions = [] } of listed.Metrics ?? [])
          found.push(Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value])))
        NextToken = listed.NextToken
        if (NextToken === undefined) break
      }
      return found
    },
  }
}
