// An account with the stage in it: zone, health checks, table, parameters, and clouds that publish what healthy clouds publish.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateHealthCheckCommand, Route53Client } from '@aws-sdk/client-route-53'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { dynamodbOverrides } from '#adapters/aws/dynamodb-overrides.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { type AwsClock, everyClockSeconds } from '#local/aws/clock.ts'
import { createInProcessAws, type InProcessAws, type SeenRequest } from '#local/aws/in-process-aws.ts'
import { ACCOUNT_THROTTLE } from '#local/aws/route53/access.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Override } from '#model/override.ts'
import { aConfiguration, CAPACITY, PROVIDERS, parametersOf, STAGE, TABLE, ZONE_ID } from './subject.ts'

export type Account = {
  readonly aws: InProcessAws
  readonly configuration: Configuration
  readonly requests: SeenRequest[]
  /** One bucket of Route 53 requests for everybody, as AWS has it; off while the account is set up. */
  enforceQuotas(): void
  readonly close: () => Promise<void>
}

/** The access key of whoever sets things up, so that its requests are not counted. */
const OWNER = { accessKeyId: 'owner', secretAccessKey: 'owner' }

export async function openAccount(clock: AwsClock, hostnames: number): Promise<Account> {
  const requests: SeenRequest[] = []
  const aws = await createInProcessAws({
    clock,
    onRequest: (request) => {
      if (request.accessKeyId !== OWNER.accessKeyId) requests.push(request)
    },
  })
  aws.route53.createZone({ id: ZONE_ID, name: 'example.com' })
  const settings = { endpoint: aws.url, region: 'us-east-1', credentials: OWNER }
  const route53 = new Route53Client(settings)
  const ssm = new SSMClient(settings)
  const dynamodb = new DynamoDBClient(settings)

  const healthCheckIds: string[] = []
  for (const [index, name] of PROVIDERS.entries()) {
    const HealthCheckConfig = {
      Type: 'HTTP' as const,
      IPAddress: `192.0.2.${10 + index}`,
      Port: 80,
      RequestInterval: 10,
      FailureThreshold: 3,
    }
    const { HealthCheck } = await route53.send(new CreateHealthCheckCommand({ CallerReference: name, HealthCheckConfig }))
    healthCheckIds.push(HealthCheck?.Id ?? '')
  }
  for (const id of healthCheckIds) aws.route53.reportProbe(id, { fractionHealthy: 1, isHealthy: true })
  const AttributeDefinitions = ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }))
  const KeySchema = [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ]
  await dynamodb.send(new CreateTableCommand({ TableName: TABLE, AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' }))

  const configuration = aConfiguration(hostnames, healthCheckIds)
  for (const [Name, Value] of parametersOf(configuration)) {
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Tier: 'Intelligent-Tiering' }))
  }
  for (const client of [route53, ssm, dynamodb]) client.destroy()
  const stop = everyClockSeconds(clock, 60, (atSeconds) => publish(aws, atSeconds), 30)
  return {
    aws,
    configuration,
    requests,
    enforceQuotas: () => {
      aws.route53.settings.throttle = ACCOUNT_THROTTLE
    },
    close: async () => {
      stop()
      await aws.close()
    },
  }
}

/** Every provider serves half of what it can, and nothing fails. */
function publish(aws: InProcessAws, atSeconds: number): void {
  for (const name of PROVIDERS) {
    const values = { Requests: CAPACITY[name] * 30, Failures: 0, Capacity: CAPACITY[name], Utilisation: 0.5, LatencyP99: 0.2 }
    for (const [metric, value] of Object.entries(values)) {
      const dimensions = { Stage: STAGE, Provider: name }
      aws.cloudwatch.publish({ region: 'us-east-1', namespace: 'Sluice', metric, dimensions, atSeconds, value, unit: 'None' })
    }
  }
}

/** What clouds and checkers would have published in the quarter of an hour before `nowSeconds`, where nobody waits for it to pass. */
export function publishPast({ aws }: Account, nowSeconds: number): void {
  for (let atSeconds = nowSeconds - 900; atSeconds < nowSeconds; atSeconds += 60) {
    publish(aws, atSeconds)
    for (const { id } of aws.route53.healthChecks()) {
      const series = { region: 'us-east-1', namespace: 'AWS/Route53', dimensions: { HealthCheckId: id }, atSeconds }
      aws.cloudwatch.publish({ ...series, metric: 'HealthCheckStatus', value: 1, unit: 'None' })
      aws.cloudwatch.publish({ ...series, metric: 'HealthCheckPercentageHealthy', value: 100, unit: 'Percent' })
    }
  }
}

/** As rebalance would store them for an operator, but without the tick that follows. */
export async function putOverrides({ aws }: Account, overrides: readonly Override[]): Promise<void> {
  const client = new DynamoDBClient({ endpoint: aws.url, region: 'us-east-1', credentials: OWNER })
  const store = dynamodbOverrides(stateTable(client, TABLE))
  for (const one of overrides) await store.put(one)
  client.destroy()
}
