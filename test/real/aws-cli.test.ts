// The AWS CLI, an implementation of the protocols that is not ours, against the in-process AWS.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'

const run = promisify(execFile)
const scratch = mkdtempSync(join(tmpdir(), 'aws-cli-'))
let server: InProcessAws

beforeAll(async () => {
  server = await createInProcessAws({ clock: createLocalClock({ speed: 1 }) })
})

afterAll(async () => {
  await server.close()
  rmSync(scratch, { recursive: true, force: true })
})

/** What the CLI printed, parsed. Rejects with its error text when it exits with another code than 0. */
async function aws<Answer>(...args: string[]): Promise<Answer> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_DEFAULT_OUTPUT: 'json',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const { stdout } = await run('aws', args, { env })
  return (stdout.trim() === '' ? {} : JSON.parse(stdout)) as Answer
}

function batch(...changes: object[]): string {
  const file = join(scratch, `${Math.random()}.json`)
  writeFileSync(file, JSON.stringify({ Changes: changes }))
  return `file://${file}`
}

const weighted = (action: string, weight: number, healthCheckId?: string) => ({
  Action: action,
  ResourceRecordSet: {
    Name: 'media.example.com',
    Type: 'A',
    SetIdentifier: 'one',
    Weight: weight,
    TTL: 60,
    ResourceRecords: [{ Value: '192.0.2.1' }],
    ...(healthCheckId === undefined ? {} : { HealthCheckId: healthCheckId }),
  },
})

describe('Route 53', () => {
  let zone = ''

  test('creates a zone and lists it', async () => {
    const created = await aws<{ HostedZone: { Id: string } }>(
      'route53',
      'create-hosted-zone',
      '--name',
      'example.com',
      '--caller-reference',
      'cli',
    )
    zone = created.HostedZone.Id
    const listed = await aws<{ HostedZones: { Name: string }[] }>('route53', 'list-hosted-zones')
    expect(listed.HostedZones.map(({ Name }) => Name)).toEqual(['example.com.'])
  })

  test('creates a health check, a weighted record that names it, and waits until the change is in sync', async () => {
    const config = 'Type=HTTP,IPAddress=192.0.2.1,Port=80,ResourcePath=/healthz,RequestInterval=10,FailureThreshold=3'
    const check = await aws<{ HealthCheck: { Id: string } }>(
      'route53',
      'create-health-check',
      '--caller-reference',
      'cli',
      '--health-check-config',
      config,
    )
    const changed = await aws<{ ChangeInfo: { Id: string } }>(
      'route53',
      'change-resource-record-sets',
      '--hosted-zone-id',
      zone,
      '--change-batch',
      batch(weighted('CREATE', 7, check.HealthCheck.Id)),
    )
    await aws('route53', 'wait', 'resource-record-sets-changed', '--id', changed.ChangeInfo.Id)
    const { ResourceRecordSets } = await aws<{ ResourceRecordSets: { Type: string }[] }>(
      'route53',
      'list-resource-record-sets',
      '--hosted-zone-id',
      zone,
      '--query',
      '{ResourceRecordSets: ResourceRecordSets[?Type==`A`]}',
    )
    expect(ResourceRecordSets).toMatchObject([
      { Name: 'media.example.com.', Weight: 7, SetIdentifier: 'one', TTL: 60, HealthCheckId: check.HealthCheck.Id },
    ])
  }, 120_000)

  test('refuses a deletion whose weight is not exactly the one that stands, and changes nothing', async () => {
    const change = aws('route53', 'change-resource-record-sets', '--hosted-zone-id', zone, '--change-batch', batch(weighted('DELETE', 8)))
    await expect(change).rejects.toThrow('InvalidChangeBatch')
    const { ResourceRecordSets } = await aws<{ ResourceRecordSets: { Type: string }[] }>(
      'route53',
      'list-resource-record-sets',
      '--hosted-zone-id',
      zone,
    )
    expect(ResourceRecordSets.find(({ Type }) => Type === 'A')).toMatchObject({ Weight: 7 })
  })
})

describe('CloudWatch', () => {
  test('takes a metric and gives it back', async () => {
    const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 300_000)
    const [start, end] = [at, new Date(at.getTime() + 60_000)].map((time) => time.toISOString())
    const put = `MetricName=Requests,Dimensions=[{Name=Stage,Value=prod},{Name=Provider,Value=aws}],Timestamp=${start},Value=42,Unit=Count`
    await aws('cloudwatch', 'put-metric-data', '--namespace', 'Sluice', '--metric-data', put)
    const query = [
      {
        Id: 'q0',
        MetricStat: {
          Metric: {
            Namespace: 'Sluice',
            MetricName: 'Requests',
            Dimensions: [
              { Name: 'Stage', Value: 'prod' },
              { Name: 'Provider', Value: 'aws' },
            ],
          },
          Period: 60,
          Stat: 'Sum',
        },
      },
    ]
    const { MetricDataResults } = await aws<{ MetricDataResults: { Values: number[] }[] }>(
      'cloudwatch',
      'get-metric-data',
      '--metric-data-queries',
      JSON.stringify(query),
      '--start-time',
      start ?? '',
      '--end-time',
      end ?? '',
    )
    expect(MetricDataResults[0]?.Values).toEqual([42])
  })
})

describe('Parameter Store', () => {
  test('puts parameters and reads them by path', async () => {
    for (const name of ['a', 'b']) await aws('ssm', 'put-parameter', '--name', `/cli/${name}`, '--type', 'String', '--value', name)
    const { Parameters } = await aws<{ Parameters: { Name: string; Value: string }[] }>(
      'ssm',
      'get-parameters-by-path',
      '--path',
      '/cli',
      '--recursive',
    )
    expect(Parameters.map(({ Name, Value }) => `${Name}=${Value}`)).toEqual(['/cli/a=a', '/cli/b=b'])
  })
})

describe('Step Functions', () => {
  const states = { Wait: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Done' }, Done: { Type: 'Succeed' } }
  const definition = JSON.stringify({ StartAt: 'Wait', States: states })
  let machine = ''

  const start = async (name: string, seconds: number) => {
    const input = JSON.stringify({ seconds })
    const flags = ['--state-machine-arn', machine, '--name', name, '--input', input]
    return (await aws<{ executionArn: string }>('stepfunctions', 'start-execution', ...flags)).executionArn
  }
  const describeExecution = (arn: string) =>
    aws<{ status: string; output?: string; cause?: string }>('stepfunctions', 'describe-execution', '--execution-arn', arn)

  test('starts an execution, sees it run and succeed, and reads its history', async () => {
    const role = 'arn:aws:iam::123456789012:role/machine'
    const flags = ['--name', 'cli', '--definition', definition, '--role-arn', role]
    machine = (await aws<{ stateMachineArn: string }>('stepfunctions', 'create-state-machine', ...flags)).stateMachineArn
    const execution = await start('files--1_0_9--1', 3)
    expect((await describeExecution(execution)).status).toBe('RUNNING')
    await expect.poll(async () => (await describeExecution(execution)).status, { timeout: 30_000 }).toBe('SUCCEEDED')
    expect((await describeExecution(execution)).output).toBe('{"seconds":3}')
    const history = await aws<{ events: { type: string }[] }>('stepfunctions', 'get-execution-history', '--execution-arn', execution)
    const types = [
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]
    expect(history.events.map(({ type }) => type)).toEqual(types)
  })

  test('stops an execution, and finds it among those that were aborted', async () => {
    const execution = await start('files--1_0_9--2', 600)
    await aws('stepfunctions', 'stop-execution', '--execution-arn', execution, '--cause', 'wrong version')
    expect(await describeExecution(execution)).toMatchObject({ status: 'ABORTED', cause: 'wrong version' })
    const flags = ['--state-machine-arn', machine, '--status-filter', 'ABORTED']
    const listed = await aws<{ executions: { name: string }[] }>('stepfunctions', 'list-executions', ...flags)
    expect(listed.executions.map(({ name }) => name)).toEqual(['files--1_0_9--2'])
  })

  test('is told that a name is taken', async () => {
    await expect(start('files--1_0_9--2', 600)).rejects.toThrow('ExecutionAlreadyExists')
  })
})

test('an operation outside the closed list is answered with its name', async () => {
  await expect(aws('route53', 'list-traffic-policies')).rejects.toThrow(/ListTrafficPolicies/)
})

test('says who is calling', async () => {
  expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Arn: 'arn:aws:iam::123456789012:root' })
})
