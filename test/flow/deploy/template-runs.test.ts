// A small template of every kind of resource, deployed: what CloudFormation and the services do with it is done here, too.
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import type { InvocationReport, LogLine } from '#local/lambda/sinks.ts'
import { aConfiguration } from '#test/builders/configuration.ts'
import { type AssemblyOptions, anAssembly, anAsset } from './an-assembly.ts'
import { until } from './until.ts'

let asset: string
beforeAll(async () => {
  asset = await anAsset()
})

interface Running {
  readonly stack: RunningStack
  readonly lines: LogLine[]
  readonly reports: InvocationReport[]
  items(kind: string): Promise<Record<string, string>[]>
  deadLetters(): Promise<{ readonly body: unknown; readonly attributes: Record<string, string | undefined> }[]>
  invoke(event: unknown): Promise<string>
  stop(): Promise<void>
}

async function run({ without, ...options }: Partial<AssemblyOptions> & { without?: readonly string[] } = {}): Promise<Running> {
  const clock = createLocalClock({ speed: 120 })
  const lines: LogLine[] = []
  const reports: InvocationReport[] = []
  const stack = await startStack({
    clock,
    configuration: aConfiguration({ homeRegion: options.region ?? 'us-east-1' }),
    assembly: anAssembly({ asset, ...options }),
    without,
    onLog: (line) => lines.push(line),
    onReport: (report) => reports.push(report),
  })
  const { clients, functions, records } = stack
  return {
    stack,
    lines,
    reports,
    async items(kind) {
      const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: records.get('fixture')?.outputs.Table }))
      const plain = Items.map((item) => Object.fromEntries(Object.entries(item).map(([key, value]) => [key, value.S ?? ''])))
      return plain.filter(({ pk }) => pk === kind).toSorted((a, b) => ((a.sk ?? '') < (b.sk ?? '') ? -1 : 1))
    },
    async deadLetters() {
      const QueueUrl = records.get('fixture')?.resources.get('DeadLetters')?.physicalId
      const { Messages = [] } = await clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ['All'] }),
      )
      return Messages.map(({ Body = '', MessageAttributes = {} }) => ({
        body: JSON.parse(Body),
        attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue])),
      }))
    },
    async invoke(event) {
      return (await functions.invoke({ functionName: 'fixture', payload: JSON.stringify(event), type: 'RequestResponse' })).payload
    },
    async stop() {
      await stack.stop()
      clock.stop()
    },
  }
}

describe('a deployed template', () => {
  let running: Running
  beforeAll(async () => {
    running = await run()
  })
  afterAll(() => running.stop())

  test('has its function run every minute of the clock by its schedule, with the SDK against the in-process AWS', async () => {
    const items = await until(async () => {
      const found = await running.items('Scheduled Event')
      return found.length >= 4 && found
    })
    const times = items.map(({ sk = '' }) => Date.parse(sk) / 1000)
    // On a busy computer a tick may be missed; none comes between two minutes, and none runs before its time.
    for (const [index, time] of times.slice(1).entries()) expect((time - (times[index] ?? 0)) % 60).toBe(0)
    for (const { sk = '', ranAt = '' } of items) expect(Date.parse(ranAt)).toBeGreaterThanOrEqual(Date.parse(sk))
    expect(items[0]?.greeting).toBe('hello')
    expect(running.lines.some(({ text }) => text.endsWith('kept Scheduled Event'))).toBe(true)
    expect(running.reports.filter((report) => report.kind === 'ran' && report.error !== undefined)).toEqual([])
  })

  test('sends an event whose invocation fails to the dead-letter queue, once', async () => {
    await running.stack.functions.invoke({ functionName: 'fixture', payload: '{"fail":true}', type: 'Event' })
    const [letter] = await until(async () => {
      const found = await running.deadLetters()
      return found.length > 0 && found
    })
    expect(letter).toMatchObject({ body: { fail: true }, attributes: { ErrorCode: '200', ErrorMessage: 'asked to fail' } })
    await until(async () => {
      const { MetricAlarms = [] } = await running.stack.clients.cloudwatch.send(
        new DescribeAlarmsCommand({ AlarmNames: ['fixture-letters'] }),
      )
      return MetricAlarms[0]?.StateValue === 'ALARM'
    })
  })

  test('has an alarm on the errors of its function, whose change of state invokes the function by a rule', async () => {
    await running.invoke({ fail: true })
    const changes = await until(async () => {
      const found = (await running.items('CloudWatch Alarm State Change')).map(({ state }) => state)
      return found.lastIndexOf('OK') > found.indexOf('ALARM') && found.includes('ALARM') && found
    })
    expect(changes).toEqual(expect.arrayContaining(['ALARM', 'OK']))
  })

  test('changes in place when deployed again: the table keeps its items, the function has its new settings', async () => {
    const before = await running.items('Scheduled Event')
    const records = new Map(running.stack.records.get('fixture')?.resources)
    const actions = await running.stack.redeploy({ assembly: anAssembly({ asset, greeting: 'good evening', memorySize: 300 }) })
    const changed = [...actions].filter(([, action]) => action !== 'unchanged')
    expect(Object.fromEntries(changed)).toEqual({ 'fixture/Greeting': 'changed', 'fixture/Function': 'changed' })
    for (const [logicalId, { physicalId }] of running.stack.records.get('fixture')?.resources ?? []) {
      expect(physicalId).toBe(records.get(logicalId)?.physicalId)
    }
    expect(JSON.parse(await running.invoke({ time: 'after' }))).toBe('call')
    expect(await running.items('call')).toMatchObject([{ greeting: 'good evening', memory: '300' }])
    expect((await running.items('Scheduled Event')).length).toBeGreaterThanOrEqual(before.length)
    const next = await until(async () => (await running.items('Scheduled Event')).find(({ memory }) => memory === '300'))
    expect(next.greeting).toBe('good evening')
  })
})

test('a template deployed in another region has its resources, and its permissions, there', async () => {
  const running = await run({ region: 'eu-central-1' })
  await until(async () => (await running.items('Scheduled Event')).length > 0)
  // Before the end: what is under way then is cut off, which is no error of the template.
  const errors = running.reports.filter((report) => report.kind === 'ran' && report.error !== undefined)
  await running.stop()
  const { resources } = running.stack.records.get('fixture') ?? {}
  expect(resources?.get('Function')?.attributes.Arn).toBe('arn:aws:lambda:eu-central-1:123456789012:function:fixture')
  expect(errors).toEqual([])
})

describe('a function that is switched off', () => {
  test('is throttled: nothing runs, and its events are given up as too old', async () => {
    const running = await run({ without: ['fixture'] })
    await expect(running.invoke({})).rejects.toMatchObject({ code: 'TooManyRequestsException' })
    await until(() => running.reports.some((report) => report.kind === 'dropped' && report.condition === 'EventAgeExceeded'))
    await running.stop()
    expect(running.reports.filter(({ kind }) => kind === 'ran')).toEqual([])
  })

  test('has to exist', async () => {
    await expect(run({ without: ['rebalanse'] })).rejects.toThrow('no function rebalanse; the functions are fixture')
  })
})

describe('what the template does not allow', () => {
  test('is denied to the function, in the words of the service', async () => {
    const running = await run({ mayWrite: false })
    const answer = JSON.parse(await running.invoke({}))
    await running.stop()
    expect(answer).toMatchObject({ errorType: 'AccessDeniedException' })
    expect(answer.errorMessage).toMatch(
      /assumed-role\/fixture-Role-\w+\/fixture is not authorized to perform: dynamodb:PutItem on resource: .*table\/fixture-Table-/,
    )
  })

  test('does not let a rule invoke the function: its events go to the dead-letter queue of the target', async () => {
    const running = await run({ hasPermission: false })
    const letters = await until(async () => {
      const found = await running.deadLetters()
      return found.length >= 2 && found
    })
    await running.stop()
    // The policy of the queue names the schedule alone: what the alarm's rule could not deliver is lost.
    for (const { body } of letters) expect(body).toMatchObject({ 'detail-type': 'Scheduled Event' })
    const letter = letters[0]
    expect(letter?.attributes.ERROR_MESSAGE).toMatch(
      /^fixture has no permission by which arn:aws:events:.*rule\/fixture-Tick-\w+ may invoke it$/,
    )
    expect(letter?.attributes.ERROR_CODE).toBe('NO_PERMISSIONS')
    expect(running.reports.filter(({ kind }) => kind === 'ran')).toEqual([])
  })
})

describe('a template that cannot be deployed', () => {
  test('is refused with the logical id, and leaves nothing running', async () => {
    const clock = createLocalClock({ speed: 20 })
    const bucket = { Bucket: { Type: 'AWS::S3::Bucket' } }
    const starting = startStack({ clock, configuration: aConfiguration(), assembly: anAssembly({ asset, resources: bucket }) })
    await expect(starting).rejects.toThrow('fixture/Bucket: resource type AWS::S3::Bucket cannot be deployed here')
  })
})
