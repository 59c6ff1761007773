// canary/begin: the first task of the machine. Preflight, and the hostname's lock under a new generation.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SSMClient } from '@aws-sdk/client-ssm'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { dynamodbControlRows } from '#adapters/aws/dynamodb-control-rows.ts'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { dynamodbOverrides } from '#adapters/aws/dynamodb-overrides.ts'
import { dynamodbRecords } from '#adapters/aws/dynamodb-records.ts'
import { call } from '#adapters/aws/lambda-calls.ts'
import { lambdaPreflight } from '#adapters/aws/lambda-canary.ts'
import { lambdaCheckReader } from '#adapters/aws/lambda-check-reader.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { systemClock } from '#adapters/aws/system-clock.ts'
import { parseWith } from '#handler/bad-event.ts'
import { environment } from '#handler/environment.ts'
import { makeHandler } from '#handler/make-handler.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import { BeginTask } from '#model/canary-order.ts'
import { type BeginPorts, beginCanary } from './begin-canary.ts'

const stage = environment('SLUICE_STAGE')
const table = stateTable(new DynamoDBClient(clientDefaults), environment('SLUICE_TABLE'))
const lambda = new LambdaClient(clientDefaults)
const stepFunction = environment('SLUICE_STEP_FUNCTION')
const ports: BeginPorts = {
  configuration: ssmConfiguration(new SSMClient(clientDefaults), stage, stageParameters(stage)),
  rows: dynamodbControlRows(table),
  records: dynamodbRecords(table),
  overrides: dynamodbOverrides(table),
  journal: dynamodbJournal(table),
  preflight: lambdaPreflight(lambda, environment('SLUICE_JUDGE_FUNCTION')),
  checks: lambdaCheckReader(lambda),
  order: async (order) => void (await call(lambda, stepFunction, order)),
  clock: systemClock,
}

export const handler = makeHandler({
  service: 'canary-begin',
  parse: (raw) => parseWith(BeginTask, raw),
  run: async (task, { logger }) => {
    const answer = await beginCanary(task, ports)
    logger.info(answer.sentence, { hostname: answer.hostname, next: answer.next })
    return answer
  },
})
