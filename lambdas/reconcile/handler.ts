// reconcile: looks every ten minutes, and when an execution dies, for what a hand or a dead writer left behind. It writes no record.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { Route53Client } from '@aws-sdk/client-route-53'
import { SFNClient } from '@aws-sdk/client-sfn'
import { SSMClient } from '@aws-sdk/client-ssm'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { dynamodbControlRows } from '#adapters/aws/dynamodb-control-rows.ts'
import { dynamodbGoodPlans } from '#adapters/aws/dynamodb-good-plans.ts'
import { dynamodbRecords } from '#adapters/aws/dynamodb-records.ts'
import { call } from '#adapters/aws/lambda-calls.ts'
import { route53HealthChecks } from '#adapters/aws/route53-health-checks.ts'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { stepfunctionsExecutions } from '#adapters/aws/stepfunctions-executions.ts'
import { systemClock } from '#adapters/aws/system-clock.ts'
import { environment } from '#handler/environment.ts'
import { makeHandler } from '#handler/make-handler.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { answerEvent } from './answer-event.ts'
import { parseEvent } from './parse-event.ts'

/** For the hand-over and the health checks, once the records were seen. */
const RESERVE_SECONDS = 30

/**
 * Where this sweep begins, 0–1. Multiples of the golden ratio lie evenly however many there are (Knuth, The Art of Computer Programming 3, 6.4), so that
 * sweeps that each see a part see the whole after few turns, without remembering anything.
 */
const turnAt = (nowSeconds: number) => (Math.floor(nowSeconds / 600) * 0.618_033_988_749_895) % 1

const stage = environment('SLUICE_STAGE')
const route53 = new Route53Client(clientDefaults)
const lambda = new LambdaClient(clientDefaults)
const rebalanceFunction = environment('SLUICE_REBALANCE_FUNCTION')
const stepFunction = environment('SLUICE_STEP_FUNCTION')

const table = stateTable(new DynamoDBClient(clientDefaults), environment('SLUICE_TABLE'))

const ports: Parameters<typeof answerEvent>[1] = {
  configuration: ssmConfiguration(new SSMClient(clientDefaults), stage, stageParameters(stage)),
  clock: systemClock,
  zone: route53Zone(route53, systemClock.nowSeconds),
  records: dynamodbRecords(table),
  goodPlans: dynamodbGoodPlans(table),
  healthChecks: route53HealthChecks(route53),
  rows: dynamodbControlRows(table),
  executions: stepfunctionsExecutions(new SFNClient(clientDefaults)),
  order: async (order) => void (await call(lambda, stepFunction, order)),
  handOver: async (observed) => {
    const event: TickEvent = { source: 'reconcile', time: systemClock.nowSeconds(), observed: [...observed] }
    await lambda.send(
      new InvokeCommand({ FunctionName: rebalanceFunction, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) }),
    )
  },
}

export const handler = makeHandler({
  service: 'reconcile',
  parse: parseEvent,
  run: async (event, { logger, remainingMs }) => {
    const report = await answerEvent(event, ports, () => remainingMs() < RESERVE_SECONDS * 1000, turnAt)
    if (report.kind === 'dropped') {
      logger.warn(report.reason.sentence)
      return report
    }
    for (const hostname of report.ended)
      logger.warn(`${hostname}: the execution of its canary had ended before its time; its shares are restored`)
    if (report.kind === 'ended') return report
    for (const sentence of report.failures) logger.error(sentence)
    if (report.unseen > 0)
      logger.warn(`not seen: ${report.unseen} of ${report.looked + report.unseen} hostnames; the next sweep begins elsewhere`)
    for (const hostname of report.drifted) logger.warn(`${hostname}: the records are not what was remembered; rebalance was told`)
    for (const { id, provider, endpoint } of report.removedHealthChecks)
      logger.info(`health check ${id} of ${provider} ${endpoint} removed: nothing names it`)
    return report
  },
})
