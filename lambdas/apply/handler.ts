// apply: the only function that may write DNS. It decides nothing; it runs the guards again on what it reads itself.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Route53Client } from '@aws-sdk/client-route-53'
import { SSMClient } from '@aws-sdk/client-ssm'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { dynamodbGoodPlans } from '#adapters/aws/dynamodb-good-plans.ts'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { dynamodbOverrides } from '#adapters/aws/dynamodb-overrides.ts'
import { dynamodbRecords } from '#adapters/aws/dynamodb-records.ts'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { systemClock } from '#adapters/aws/system-clock.ts'
import { applyRequest } from '#apply/apply-request.ts'
import type { ApplyPorts } from '#apply/ports.ts'
import { parseWith } from '#handler/bad-event.ts'
import { environment } from '#handler/environment.ts'
import { makeHandler } from '#handler/make-handler.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import { ApplyRequest } from '#model/receipt.ts'

/** What a started batch and the answer need at the end of an invocation. */
const RESERVE_SECONDS = 5

const stage = environment('SLUICE_STAGE')
const table = stateTable(new DynamoDBClient(clientDefaults), environment('SLUICE_TABLE'))
const configuration = ssmConfiguration(new SSMClient(clientDefaults), stage, stageParameters(stage))
const ports: ApplyPorts = {
  zone: route53Zone(new Route53Client(clientDefaults), systemClock.nowSeconds),
  records: dynamodbRecords(table),
  overrides: dynamodbOverrides(table),
  goodPlans: dynamodbGoodPlans(table),
  journal: dynamodbJournal(table),
  clock: systemClock,
}

export const handler = makeHandler({
  service: 'apply',
  parse: (raw) => parseWith(ApplyRequest, raw),
  run: async (request, { logger, remainingMs }) => {
    const deadlineSeconds = systemClock.nowSeconds() + remainingMs() / 1000 - RESERVE_SECONDS
    const answer = await applyRequest(request, await configuration.load(), deadlineSeconds, ports)
    for (const { kind, hostname } of answer.outcomes) logger.info(`${hostname}: ${kind}`)
    return answer
  },
})
