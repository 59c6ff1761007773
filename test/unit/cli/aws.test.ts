// How AWS's answers and errors become the command line's.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { Answer } from '#cli/answer.ts'
import { awsFailure } from '#cli/aws/aws-failure.ts'
import { askPreflight } from '#cli/aws/judge-function.ts'
import { askRebalance } from '#cli/aws/rebalance-function.ts'
import { serviceTime } from '#cli/aws/service-time.ts'
import { stackNames } from '#cli/aws/stack-names.ts'
import { CommandFailure } from '#cli/failure.ts'
import type { TickReport } from '#lambdas/rebalance/tick-report.ts'

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown; readonly isSilent?: true }
let reply: (target: string, body: string) => Reply
let server: Server
let settings: {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly maxAttempts: number
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const answer = reply(String(request.headers['x-amz-target'] ?? request.url), body)
      if (answer.isSilent) return
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.1', ...answer.headers })
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  settings = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 }
})

afterAll(() => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})

const EVENT = { source: 'operator', time: 0, author: 'me', dryRun: true, request: { action: 'tick' } } as const

describe('the rebalance function', () => {
  const ask = () => askRebalance(new LambdaClient(settings), 'sluice-test-rebalance', EVENT)

  test('answers what the command line reads', async () => {
    reply = () => ({ body: { kind: 'dropped', reason: { code: 'late', sentence: 'too late' } } })
    expect(await ask()).toEqual({ kind: 'answered', answer: { kind: 'dropped', reason: { code: 'late', sentence: 'too late' } } })
  })

  test('that objects to the event has refused, one sentence a line', async () => {
    reply = () => ({ headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorType: 'BadEvent', errorMessage: 'one\ntwo' } })
    expect(await ask()).toEqual({ kind: 'refused', objections: ['one', 'two'] })
  })

  test('that fails otherwise is a failure of Sluice, with where its log is', async () => {
    reply = () => ({ headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorType: 'ApplyFailed', errorMessage: 'no answer' } })
    await expect(ask()).rejects.toMatchObject({
      exitCode: 5,
      objection: {
        place: 'sluice-test-rebalance',
        seen: 'ApplyFailed: no answer',
        mend: expect.stringContaining('/aws/lambda/sluice-test-rebalance'),
      },
    })
  })

  test.each([['{"kind":"odd"}'], ['not json'], ['']])('that answers %s cannot be understood', async (body) => {
    reply = () => ({ body })
    await expect(ask()).rejects.toMatchObject({ exitCode: 5 })
  })

  test('has a report of the type that the command line reads', () => {
    type Mutable<T> = T extends readonly (infer E)[] ? Mutable<E>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T
    expectTypeOf<Mutable<TickReport>>().toExtend<Answer>()
  })
})

describe('the judge of canaries', () => {
  const ask = (limitSeconds?: number, functions: readonly string[] = []) =>
    askPreflight(
      new LambdaClient(settings),
      'sluice-test-canary-judge',
      { event: 'preflight', hostname: 'a.example.com', subject: { kind: 'provider', provider: 'aws', from: 1, to: 0 } },
      functions,
      limitSeconds,
    )
  const learned = { refused: { code: 'no-history', sentence: 'no history' } }
  const notAsked = (code: string, exitCode: number, seen: string) => ({
    kind: 'notAsked',
    failure: { exitCode, objection: { code, seen: expect.stringContaining(seen) } },
  })

  test('answers what speaks against a start', async () => {
    reply = () => ({ body: { reasons: [], freezes: [], learned } })
    expect(await ask()).toEqual({ kind: 'answered', answer: { reasons: [], freezes: [], learned } })
  })

  test('and the function at a gate that does not exist, which is looked for beside it', async () => {
    const missing = { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: {} }
    reply = (target) => (target.includes('gone/configuration') ? missing : { body: { reasons: [], freezes: [], learned } })
    const reason = { code: 'no-such-check', sentence: 'there is no function gone to be asked at its gate' }
    expect(await ask(undefined, ['gone', 'there'])).toEqual({ kind: 'answered', answer: { reasons: [reason], freezes: [], learned } })
  })

  test.each([
    [
      'that the caller may not ask',
      { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: {} },
      'permission',
      3,
      'AccessDenied',
    ],
    [
      'that is not there',
      { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: {} },
      'not-found',
      3,
      'NotFound',
    ],
    ['of an older version', { body: { reasons: [], freezes: [] } }, 'function-failed', 5, 'learned'],
    [
      'that fails',
      { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorType: 'Error', errorMessage: 'CloudWatch is away' } },
      'function-failed',
      5,
      'CloudWatch is away',
    ],
    [
      'that objects',
      { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorType: 'BadEvent', errorMessage: 'one\ntwo' } },
      'refused',
      1,
      'one; two',
    ],
  ] as const)('%s is no failure of the command: it was not asked', async (_, body, code, exitCode, seen) => {
    reply = () => body
    expect(await ask()).toMatchObject(notAsked(code, exitCode, seen))
  })

  test('that says nothing is not waited for without end', async () => {
    reply = () => ({ isSilent: true, body: '' })
    expect(await ask(0.05)).toMatchObject(notAsked('unreachable', 3, 'no answer within 0.05 s'))
  })
})

describe('the stack parameter', () => {
  const find = (stage = 'prd') => stackNames(new SSMClient(settings), stage, 'us-east-1')
  const names = {
    table: 't',
    functions: { rebalance: 'r', apply: 'a', reconcile: 'c' },
    canary: { machine: 'm', step: 's', judge: 'j', bus: 'b' },
  }
  const notFound: Reply = { status: 400, body: { __type: 'ParameterNotFound' } }

  test('gives the names', async () => {
    reply = () => ({ body: { Parameter: { Value: JSON.stringify(names) } } })
    expect(await find()).toEqual(names)
  })

  test('of a stage that is not deployed is answered with those that are', async () => {
    const Parameters = [{ Name: '/sluice/prod/policy' }, { Name: '/sluice/prod/stack' }, { Name: '/sluice/test/stack' }]
    reply = (target) => (target.endsWith('GetParameter') ? notFound : { body: { Parameters } })
    await expect(find()).rejects.toMatchObject({
      exitCode: 3,
      objection: {
        place: '--stage',
        seen: '"prd", which is not deployed in us-east-1',
        allowed: 'prod, test',
        mend: 'Did you mean prod?',
      },
    })
  })

  test('of an unknown stage says what to do also when the others may not be listed', async () => {
    reply = (target) => (target.endsWith('GetParameter') ? notFound : { status: 400, body: { __type: 'AccessDeniedException' } })
    await expect(find()).rejects.toMatchObject({ exitCode: 3, objection: { mend: expect.stringContaining('npm run deploy') } })
  })

  test.each(['{}', 'nonsense'])('that says %s has to be deployed again', async (Value) => {
    reply = () => ({ body: { Parameter: { Value } } })
    await expect(find()).rejects.toMatchObject({
      exitCode: 3,
      objection: { place: '/sluice/prd/stack', mend: expect.stringContaining('Deploy again') },
    })
  })
})

describe('the time', () => {
  test('is that of the newest answer, whatever this computer’s clock says', async () => {
    const time = serviceTime()
    const ssm = time.watch(new SSMClient(settings))
    expect(() => time.nowSeconds()).toThrow('has not been asked')
    const dates = ['Fri, 15 Jan 2027 08:00:30 GMT', 'Fri, 15 Jan 2027 08:00:35 GMT']
    for (const date of dates) {
      reply = () => ({ headers: { date }, body: {} })
      await ssm.send(new GetParameterCommand({ Name: 'x' }))
      expect(time.nowSeconds()).toBe(Date.parse(date) / 1000)
    }
  })
})

describe('an error of AWS', () => {
  const sdk = (name: string, more: object = {}) => Object.assign(new Error('the message'), { name, $metadata: {}, ...more })

  test.each([
    ['credentials', sdk('CredentialsProviderError')],
    ['credentials', sdk('ExpiredTokenException')],
    ['credentials', sdk('UnrecognizedClientException')],
    ['permission', sdk('AccessDeniedException')],
    ['permission', sdk('AccessDenied')],
    ['not-found', sdk('ResourceNotFoundException')],
    ['throttled', sdk('ThrottlingException')],
    ['unreachable', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['aws', sdk('InternalServerError')],
  ])('about %s ends with 3 and says what to do', (code, error) => {
    const failure = awsFailure(error)
    if (!(failure instanceof CommandFailure)) throw new Error('no failure')
    expect(failure).toMatchObject({ exitCode: 3, cause: error, objection: { code, seen: expect.stringContaining(error.message) } })
    expect(failure.objection.mend).not.toBe('')
  })

  test('is told from a mistake of this program, which stays what it is', () => {
    const mistake = new TypeError('undefined is not a function')
    expect(awsFailure(mistake)).toBe(mistake)
  })
})
