// Asynchronous invocations as Lambda does them: tries, maximum age, dead letters, throttling.
import { afterEach, describe, expect, test } from 'vitest'
import { aHost, FUNCTION_NAME, type TestHost } from './a-host.ts'

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:dead'
let system: TestHost
afterEach(() => system.host.stop())

async function send(event: unknown): Promise<void> {
  await system.host.invoke({ functionName: FUNCTION_NAME, payload: JSON.stringify(event), type: 'Event' })
}

describe('an event invoked asynchronously', () => {
  test('is accepted at once and runs', async () => {
    system = aHost()
    await system.add('export const handler = async (event) => console.log(event.text)')
    await send({ text: 'ran' })
    expect(system.lines).toEqual([])
    await system.host.idle()
    expect(system.lines.map(({ text }) => text)).toEqual([expect.stringMatching(/\tINFO\tran$/)])
  })

  test('is tried again after one minute and after two more, with the same request id', async () => {
    system = aHost({ speed: 500 })
    await system.add('export const handler = async () => { throw new Error("no") }')
    await send({})
    await system.host.idle()
    const tries = system.reports.filter(({ kind }) => kind === 'ran')
    const at = tries.map(({ atSeconds }) => atSeconds - (tries[0]?.atSeconds ?? 0))
    expect(at).toHaveLength(3)
    expect(at[1]).toBeGreaterThanOrEqual(60)
    expect(at[2]).toBeGreaterThanOrEqual(180)
    expect(new Set(system.reports.map(({ requestId }) => requestId)).size).toBe(1)
  })

  test('goes to the dead-letter queue after its one attempt when no retry is allowed', async () => {
    system = aHost()
    await system.add('export const handler = async () => { throw new Error("no") }', { deadLetterArn: QUEUE })
    system.setAsyncPolicy({ maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 })
    await send({ a: 1 })
    await system.host.idle()
    expect(system.queued).toEqual([
      { queueArn: QUEUE, body: '{"a":1}', attributes: { RequestID: system.reports[0]?.requestId, ErrorCode: '200', ErrorMessage: 'no' } },
    ])
    expect(system.reports.at(-1)).toMatchObject({ kind: 'dropped', condition: 'RetriesExhausted' })
  })

  test('is recorded at its failure destination with what it answered', async () => {
    system = aHost()
    await system.add('export const handler = async () => { throw new Error("no") }')
    system.setAsyncPolicy({ maximumRetryAttempts: 0, maximumEventAgeSeconds: 60, onFailureArn: QUEUE })
    await send({ a: 1 })
    await system.host.idle()
    expect(JSON.parse(system.queued[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { a: 1 },
      responsePayload: { errorType: 'Error', errorMessage: 'no' },
    })
  })

  test('that was throttled for longer than its maximum age is given up', async () => {
    system = aHost({ speed: 500 })
    await system.add('export const handler = async () => 1', { reservedConcurrency: 0, deadLetterArn: QUEUE })
    system.setAsyncPolicy({ maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 })
    await send({ a: 1 })
    await system.host.idle()
    expect(system.reports.at(-1)).toMatchObject({ kind: 'dropped', condition: 'EventAgeExceeded' })
    expect(system.queued[0]?.attributes).toMatchObject({ ErrorCode: '429' })
  })

  test('waits no longer when the system stops', async () => {
    system = aHost()
    await system.add('export const handler = async () => { throw new Error("no") }')
    await send({})
    while (system.reports.length === 0) await system.clock.sleep(0.01)
    await system.host.stop()
    await system.host.idle()
    expect(system.reports).toHaveLength(1)
  })
})
