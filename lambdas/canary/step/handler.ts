// canary/step: the machine's tasks after the first, and what operators and reconcile say. Thin over the pure reducer in shared/canary.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SSMClient } from '@aws-sdk/client-ssm'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { dynamodbControlRows } from '#adapters/aws/dynamodb-control-rows.ts'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { dynamodbRecords } from '#adapters/aws/dynamodb-records.ts'
import { eventbridgeNews } from '#adapters/aws/eventbridge-news.ts'
import { lambdaJudge, lambdaRebalancer } from '#adapters/aws/lambda-canary.ts'
import { lambdaGateChecks } from '#adapters/aws/lambda-gate-checks.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { systemClock } from '#adapters/aws/system-clock.ts'
import { environment } from '#handler/environment.ts'
import { makeHandler } from '#handler/make-handler.ts'
import { parseByEventName } from '#handler/parse-by-event-name.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import { CanaryOrder, StepTask } from '#model/canary-order.ts'
import { stepCanary } from './step-canary.ts'
import type { StepPorts } from './step-ports.ts'

const stage = environment('SLUICE_STAGE')
const table = stateTable(new DynamoDBClient(clientDefaults), environment('SLUICE_TABLE'))
const lambda = new LambdaClient(clientDefaults)
const ports: Omit<StepPorts, 'onTrouble'> = {
  configuration: ssmConfiguration(new SSMClient(clientDefaults), stage, stageParameters(stage)),
  rows: dynamodbControlRows(table),
  records: dynamodbRecords(table),
  journal: dynamodbJournal(table),
  checks: lambdaGateChecks(lambda),
  judge: lambdaJudge(lambda, environment('SLUICE_JUDGE_FUNCTION')),
  rebalancer: lambdaRebalancer(lambda, environment('SLUICE_REBALANCE_FUNCTION'), systemClock.nowSeconds),
  news: eventbridgeNews(new EventBridgeClient(clientDefaults), environment('SLUICE_BUS')),
  clock: systemClock,
}

export const handler = makeHandler({
  service: 'canary-step',
  // A task of the machine names its event, everybody else an action.
  parse: (raw) => parseByEventName({ named: StepTask, unnamed: CanaryOrder }, raw),
  run: async (request, { logger }) => {
    const answer = await stepCanary(request, { ...ports, onTrouble: (what, error) => logger.error(what, { error }) })
    logger.info(answer.sentence, { hostname: answer.hostname, next: answer.next, generation: answer.generation })
    return answer
  },
})
