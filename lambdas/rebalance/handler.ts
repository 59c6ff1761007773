// rebalance: decides and plans. It runs every minute, on an alarm, on an operator's call, on a canary's, and on what reconcile saw.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SSMClient } from '@aws-sdk/client-ssm'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { cloudwatchClients } from '#adapters/aws/cloudwatch-clients.ts'
import { cloudwatchMetrics } from '#adapters/aws/cloudwatch-metrics.ts'
import { dynamodbGoodPlans } from '#adapters/aws/dynamodb-good-plans.ts'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { dynamodbMemory } from '#adapters/aws/dynamodb-memory.ts'
import { dynamodbOverrides } from '#adapters/aws/dynamodb-overrides.ts'
import { dynamodbRecords } from '#adapters/aws/dynamodb-records.ts'
import { dynamodbSplits } from '#adapters/aws/dynamodb-splits.ts'
import { lambdaApplier } from '#adapters/aws/lambda-applier.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { systemClock } from '#adapters/aws/system-clock.ts'
import { environment } from '#handler/environment.ts'
import { makeHandler } from '#handler/make-handler.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import { parseEvent } from './parse-event.ts'
import type { RebalancePorts } from './ports.ts'
import { rebalance } from './rebalance.ts'
import { tell } from './tell.ts'

/** What the decisions, the good plans and the answer need once everything was written. */
const RESERVE_SECONDS = 5

const stage = environment('SLUICE_STAGE')
const table = stateTable(new DynamoDBClient(clientDefaults), environment('SLUICE_TABLE'))

const ports: RebalancePorts = {
  configuration: ssmConfiguration(new SSMClient(clientDefaults), stage, stageParameters(stage)),
  metrics: cloudwatchMetrics(cloudwatchClients()),
  memory: dynamodbMemory(table),
  records: dynamodbRecords(table),
  overrides: dynamodbOverrides(table),
  splits: dynamodbSplits(table),
  goodPlans: dynamodbGoodPlans(table),
  journal: dynamodbJournal(table),
  applier: lambdaApplier(new LambdaClient(clientDefaults), environment('SLUICE_APPLY_FUNCTION')),
  clock: systemClock,
}

export const handler = makeHandler({
  service: 'rebalance',
  parse: parseEvent,
  run: async (event, tools) => {
    const report = await rebalance(event, ports, systemClock.nowSeconds() + tools.remainingMs() / 1000 - RESERVE_SECONDS)
    tell(report, tools)
    return report
  },
})
