// An installation on AWS, wherever the SDK's own settings lead: an account, or one computer's (AWS_ENDPOINT_URL).
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SFNClient } from '@aws-sdk/client-sfn'
import { SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { dynamodbControlRows } from '#adapters/aws/dynamodb-control-rows.ts'
import { dynamodbGoodPlans } from '#adapters/aws/dynamodb-good-plans.ts'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { dynamodbOverrides } from '#adapters/aws/dynamodb-overrides.ts'
import { dynamodbRecords } from '#adapters/aws/dynamodb-records.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { stepfunctionsCanaries } from '#adapters/aws/stepfunctions-canaries.ts'
import { strategyOf } from '#canary/begin.ts'
import { checksOf } from '#canary/gate.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { CommandFailure } from '#cli/failure.ts'
import type { Place } from '#cli/place.ts'
import type { Session } from '#cli/session.ts'
import { stagePath } from '#config/parameter-names.ts'
import { ConfigurationError, stageParameters } from '#handler/stage-parameters.ts'
import { type PreflightTask, TaskAnswer } from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import { askPreflight } from './judge-function.ts'
import { askFunction, askRebalance } from './rebalance-function.ts'
import { serviceTime } from './service-time.ts'
import { stackNames } from './stack-names.ts'

/** The SDK's chain of settings may name no region; Sluice's own default is this. */
const HOME_REGION = 'us-east-1'

/** @throws CommandFailure for a stage that is not there; errors of the SDK for what AWS refuses */
export async function openSession({ stage, region: wanted }: Place): Promise<Session> {
  const region = wanted ?? (await new STSClient({}).config.region().catch(() => HOME_REGION))
  const settings = { ...clientDefaults, region }
  const time = serviceTime()
  const ssm = time.watch(new SSMClient(settings))
  const reading = configurationOf(ssm, stage)
  // Of a stage that is not there `stackNames` tells more.
  reading.catch(() => {})
  const names = await stackNames(ssm, stage, region)
  const table = stateTable(time.watch(new DynamoDBClient(settings)), names.table)
  const lambda = time.watch(new LambdaClient(settings))
  const sts = time.watch(new STSClient(settings))
  const configuration = await reading
  return {
    stage,
    region,
    configuration,
    records: dynamodbRecords(table),
    overrides: dynamodbOverrides(table),
    goodPlans: dynamodbGoodPlans(table),
    journal: dynamodbJournal(table),
    rows: dynamodbControlRows(table),
    canaries: stepfunctionsCanaries(time.watch(new SFNClient(settings)), names.canary.machine),
    order: (order) => askFunction(lambda, names.canary.step, order, TaskAnswer),
    preflight: (task) => askPreflight(lambda, names.canary.judge, task, checksFor(task, configuration)),
    rebalance: (event) => askRebalance(lambda, names.functions.rebalance, event),
    author: async () => (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? 'unknown',
    nowSeconds: time.nowSeconds,
  }
}

function checksFor({ hostname: name }: PreflightTask, { hostnames }: Configuration): string[] {
  return hostnames.filter(({ hostname }) => hostname === name).flatMap((hostname) => checksOf(strategyOf(hostname)))
}

async function configurationOf(ssm: SSMClient, stage: string): Promise<Configuration> {
  try {
    return await ssmConfiguration(ssm, stage, stageParameters(stage)).load()
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const seen = `parameters that are no complete configuration\n${error.message}`
    const mend = 'Wait for the deployment that is under way to end, or deploy again.'
    throw new CommandFailure(
      EXIT.aws,
      { code: 'configuration', place: stagePath(stage), seen, allowed: 'the parameters of one deployment', mend },
      { cause: error },
    )
  }
}
