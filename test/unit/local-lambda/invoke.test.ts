// Synchronous invocations: what a function is given, what it sees of its surroundings, and how its failures are answered.
import { afterEach, describe, expect, test } from 'vitest'
import { aHost, FUNCTION_NAME, type TestHost } from './a-host.ts'

const FINE = 'export const handler = async () => 1'
let system: TestHost
afterEach(() => system.host.stop())

describe('a function invoked synchronously', () => {
  test('gets its event, answers, and keeps its module between invocations', async () => {
    system = aHost()
    await system.add('let count = 0; export const handler = async (event) => ({ event, count: ++count })')
    expect(await system.call({ a: 1 })).toMatchObject({ answer: { event: { a: 1 }, count: 1 } })
    expect(await system.call('text')).toMatchObject({ answer: { event: 'text', count: 2 } })
  })

  test('answers null when it returns nothing', async () => {
    system = aHost()
    await system.add('export const handler = async () => {}')
    expect((await system.call()).answer).toBeNull()
  })

  test('sees the environment Lambda gives, and none of this process', async () => {
    system = aHost()
    process.env.SLUICE_TEST_LEAK = 'yes'
    await system.add('export const handler = async () => process.env', {
      environment: { SLUICE_TABLE: 'table', NODE_OPTIONS: '--enable-source-maps', AWS_REGION: 'mars' },
      memoryMegabytes: 256,
    })
    const { answer } = await system.call()
    delete process.env.SLUICE_TEST_LEAK
    expect(answer).toMatchObject({
      SLUICE_TABLE: 'table',
      _HANDLER: 'index.handler',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'AKIAFIXTURE',
      AWS_LAMBDA_FUNCTION_NAME: FUNCTION_NAME,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_DISABLE_CLOCK_SKEW_CORRECTION: 'true',
      LAMBDA_TASK_ROOT: expect.stringContaining('sluice-asset-'),
    })
    expect(answer).not.toHaveProperty('SLUICE_TEST_LEAK')
  })

  test('has a context with its request, its ARN and the time left on the clock', async () => {
    system = aHost()
    await system.add(
      `export const handler = async (event, context) => {
         const before = context.getRemainingTimeInMillis()
         await new Promise((resolve) => setTimeout(resolve, 60))
         return { ...context, before, after: context.getRemainingTimeInMillis() }
       }`,
      { timeoutSeconds: 7 },
    )
    const { answer } = await system.call()
    const context = answer as { awsRequestId: string; before: number; after: number }
    expect(context).toMatchObject({
      functionName: FUNCTION_NAME,
      memoryLimitInMB: '128',
      invokedFunctionArn: expect.stringMatching(/function:fixture$/),
    })
    expect(context.awsRequestId).toBe(system.reports[0]?.requestId)
    expect(context.before).toBeLessThanOrEqual(7000)
    expect(context.before).toBeGreaterThan(6000)
    expect(context.after).toBeLessThanOrEqual(context.before - 59)
  })

  test('does not see its initialisation counted against its time-out', async () => {
    system = aHost()
    await system.add('await new Promise((resolve) => setTimeout(resolve, 400)); export const handler = async () => "in time"', {
      timeoutSeconds: 0.3,
    })
    expect((await system.call()).answer).toBe('in time')
  })

  test('finds the clock held to real time while it runs', async () => {
    system = aHost({ speed: 500 })
    await system.add(
      'export const handler = async () => { const from = Date.now(); await new Promise((r) => setTimeout(r, 200)); return Date.now() - from }',
    )
    const elapsedMillis = Number((await system.call()).answer)
    expect(elapsedMillis).toBeGreaterThanOrEqual(200)
    expect(elapsedMillis).toBeLessThan(5_000)
    const start = system.clock.nowSeconds()
    await system.clock.sleep(100)
    expect(system.clock.nowSeconds() - start).toBeGreaterThanOrEqual(100)
  })

  test('has its lines captured before its answer arrives, with the tail of its log', async () => {
    system = aHost()
    await system.add(
      `import { Console } from 'node:console'
       export const handler = async () => {
         process.stdout.write('first\\n'); new Console(process.stdout, process.stderr).log('second\\nthird'); process.stderr.write('no end')
       }`,
    )
    const { logTail } = await system.call()
    expect(system.lines.map(({ text, stream }) => `${stream} ${text}`)).toEqual([
      'stdout first',
      'stdout second',
      'stdout third',
      'stderr no end',
    ])
    expect(new Set(system.lines.map(({ requestId }) => requestId))).toEqual(new Set([system.reports[0]?.requestId]))
    expect(logTail).toMatch(/^START RequestId: .*\nfirst\nsecond\nthird\nno end\nEND RequestId: .*\nREPORT RequestId: .*Duration: /)
  })

  test('has lines of console with time, request and level, in the format of its template', async () => {
    const source = `export const handler = async () => { console.warn('two\\nlines', 1); console.debug('fine'); console.error(new RangeError('no')) }`
    system = aHost()
    await system.add(source)
    await system.call()
    const id = system.reports[0]?.requestId
    expect(system.lines[0]?.text).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z\\t${id}\\tWARN\\ttwo\\rlines 1$`))
    expect(system.lines).toHaveLength(3)
    await system.add(source, { logFormat: 'JSON' })
    await system.call()
    const [warning, error] = system.lines.slice(3).map(({ text }) => JSON.parse(text))
    expect(warning).toMatchObject({ level: 'WARN', message: 'two\nlines 1', requestId: system.reports[1]?.requestId })
    expect(error).toMatchObject({ level: 'ERROR', errorType: 'RangeError', errorMessage: 'no' })
  })

  test('loses its lines when its role may not write logs', async () => {
    system = aHost({ mayLog: () => false })
    await system.add('export const handler = async () => console.log("unheard")')
    await system.call()
    expect(system.lines).toEqual([])
  })
})

describe('a function that fails', () => {
  const error = (errorType: string, errorMessage: unknown) => ({ answer: { errorType, errorMessage }, functionError: 'Unhandled' })

  test.each([
    ['throws an error with a name', 'throw Object.assign(new Error("no"), { name: "Refused" })', 'Refused', 'no'],
    ['throws something that is no error', 'throw "text"', 'string', 'text'],
    ['returns what JSON cannot hold', 'return 1n', 'TypeError', expect.stringContaining('BigInt')],
    [
      'leaves a rejection unhandled',
      'Promise.reject(new RangeError("lost")); await new Promise(() => {})',
      'Runtime.UnhandledPromiseRejection',
      'RangeError: lost',
    ],
    ['throws outside of the handler', 'setTimeout(() => { throw new Error("late") }, 1); await new Promise(() => {})', 'Error', 'late'],
    [
      'ends its process',
      'process.exit(3)',
      'Runtime.ExitError',
      expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
    ],
  ])('and %s answers an error as Lambda does', async (_what, body, errorType, message) => {
    system = aHost()
    await system.add(`export const handler = async () => { ${body} }`)
    expect(await system.call()).toMatchObject(error(errorType, message))
    expect(system.reports.at(-1)).toMatchObject({ kind: 'ran', error: { errorType } })
  })

  test('by time-out answers so, and its environment is replaced', async () => {
    system = aHost()
    await system.add(
      'let count = 0; export const handler = async (event) => (count++, event.hang ? new Promise(() => setInterval(() => {}, 5)) : count)',
      {
        timeoutSeconds: 0.2,
      },
    )
    expect((await system.call({})).answer).toBe(1)
    expect(await system.call({ hang: true })).toMatchObject(
      error('Sandbox.Timedout', expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 0.20 seconds$/)),
    )
    expect((await system.call({})).answer).toBe(1)
  })

  test('by using up its memory is killed, and its environment is replaced', async () => {
    system = aHost()
    await system.add(
      'export const handler = async (event) => { const all = []; while (event.eat) all.push(new Array(1e5).fill({})); return "fine" }',
      {
        memoryMegabytes: 32,
        timeoutSeconds: 60,
      },
    )
    expect(await system.call({ eat: true })).toMatchObject(error('Runtime.OutOfMemory', expect.stringContaining('signal: killed')))
    expect((await system.call({})).answer).toBe('fine')
  })

  test.each([
    [
      'whose module does not load',
      { source: 'throw new SyntaxError("bad module")', handler: 'index.handler' },
      'SyntaxError',
      'bad module',
    ],
    [
      'whose file is missing',
      { source: FINE, handler: 'other.handler' },
      'Runtime.ImportModuleError',
      expect.stringContaining("Cannot find module 'other'"),
    ],
    [
      'whose export is missing',
      { source: FINE, handler: 'index.main' },
      'Runtime.HandlerNotFound',
      'index.main is undefined or not exported',
    ],
  ])('and %s answers the initialisation error each time', async (_what, { source, handler }, errorType, message) => {
    system = aHost()
    await system.add(source, { handler })
    expect(await system.call()).toMatchObject(error(errorType, message))
    expect(await system.call()).toMatchObject(error(errorType, message))
  })
})

describe('the concurrency of a function', () => {
  const SLOW =
    'let mine = 0; export const handler = async () => { const n = ++mine; await new Promise((r) => setTimeout(r, 150)); return [n, mine] }'

  test('gives each invocation an environment of its own while others are busy', async () => {
    system = aHost()
    await system.add(SLOW)
    const answers = await Promise.all([system.call(), system.call(), system.call()])
    expect(answers.map(({ answer }) => answer)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
  })

  test('is bounded by its reservation: what is above is throttled', async () => {
    system = aHost()
    await system.add(SLOW, { reservedConcurrency: 1 })
    const first = system.call()
    await expect(system.call()).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 })
    expect((await first).answer).toEqual([1, 1])
    expect((await system.call()).answer).toEqual([2, 2])
    expect(system.reports.map(({ kind }) => kind)).toEqual(['throttled', 'ran', 'ran'])
  })
})

describe('an invocation that cannot be', () => {
  test('of an unknown function names it', async () => {
    system = aHost()
    await expect(system.call()).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'Function not found: fixture' })
  })

  test('with a payload that is no JSON is refused before it runs', async () => {
    system = aHost()
    await system.add('export const handler = async () => 1')
    const invocation = { functionName: FUNCTION_NAME, payload: '{"a":', type: 'RequestResponse' } as const
    await expect(system.host.invoke(invocation)).rejects.toMatchObject({ code: 'InvalidRequestContentException' })
    expect(system.reports).toEqual([])
  })
})

describe('a function that is registered again', () => {
  test('runs its new code, and lets an invocation of the old code end', async () => {
    system = aHost()
    await system.add('export const handler = async () => { await new Promise((r) => setTimeout(r, 100)); return "old" }')
    const old = system.call()
    await system.add('export const handler = async () => "new"')
    expect((await system.call()).answer).toBe('new')
    expect((await old).answer).toBe('old')
  })
})
