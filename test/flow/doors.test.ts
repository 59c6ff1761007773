// The doors at once: whatever comes in wrongly is answered with the place, the value seen, what is allowed and the mend, and nothing is done.
// Wire requests have test/contract/bad-requests.test.ts, examples/publish-signals has test/real/publish-signals.test.ts.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems } from '#config/problem.ts'
import { parseWith } from '#handler/bad-event.ts'
import { parseEvent as parseRebalance } from '#lambdas/rebalance/parse-event.ts'
import { parseEvent as parseReconcile } from '#lambdas/reconcile/parse-event.ts'
import { pageApp } from '#local/page/page-app.ts'
import { parseScenario } from '#local/scenario/parse-scenario.ts'
import { BeginTask, CanaryOrder, JudgeTask, StepTask } from '#model/canary-order.ts'
import { ApplyRequest } from '#model/receipt.ts'
import { aPageSource } from '#test/unit/local-page/a-page-source.ts'

type Answer = {
  readonly text: string
  /** What was carried out all the same. */
  readonly done: readonly unknown[]
  readonly exitCode?: number
}
type Row = readonly [
  door: string,
  enter: () => Promise<Answer>,
  said: readonly [place: string, seen: string, allowed: string, mend: string],
]

const folder = mkdtempSync(join(tmpdir(), 'doors-'))
beforeAll(() => writeFileSync(join(folder, 'sluice.yaml'), 'stage: Prod\n'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The handler as it is deployed: middy, logger and metrics around the door; what lies behind it is written down. */
async function invoke<Event>(service: string, parse: (raw: unknown) => Event, raw: unknown): Promise<Answer> {
  vi.stubEnv('SLUICE_STAGE', 'test')
  vi.stubEnv('POWERTOOLS_DEV', 'false')
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { makeHandler } = await import('#handler/make-handler.ts')
  const done: Event[] = []
  const handler = makeHandler({ service, parse, run: async (event) => void done.push(event) })
  const context = { getRemainingTimeInMillis: () => 1000 } as Parameters<typeof handler>[1]
  const text = await handler(raw, context).then(
    () => '',
    (error: Error) => `${error.name}: ${error.message}`,
  )
  return { text, done }
}

async function post(body: string): Promise<Answer> {
  const source = aPageSource()
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  const response = await pageApp(source, {}, 5).request('http://127.0.0.1/actions', init)
  return { text: ((await response.json()) as { sentence: string }).sentence, done: source.acted }
}

const run =
  (...args: string[]) =>
  () =>
    new Promise<Answer>((resolve) => {
      const env = {
        ...process.env,
        SLUICE_CONFIG: join(folder, 'sluice.yaml'),
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      }
      const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) =>
        resolve({ text: stderr, done: stdout === '' ? [] : [stdout], exitCode: child.exitCode ?? -1 }),
      )
    })

const operator = { source: 'operator', time: 1, author: 'me', request: { action: 'drain', provider: 'AWS', reason: 'x', expiresAt: 9 } }

const order = { action: 'abort', time: 1, author: 'me', reason: 'x', hostname: 'media.example.com' }

const rows: readonly Row[] = [
  [
    'the configuration file',
    async () => {
      const parsed = parseConfiguration('stage: prod\nhostname: {}\n', 'sluice.yaml')
      return { text: parsed.ok ? '' : formatProblems(parsed.problems), done: parsed.ok ? [parsed] : [] }
    },
    ['sluice.yaml:2: hostname', 'the key "hostname"', 'the keys stage, homeRegion', 'Did you mean hostnames?'],
  ],
  [
    'a story',
    async () => {
      const parsed = parseScenario('tells: x\nlasts: soon\n', 'scenarios/x.yaml', 'x')
      return { text: parsed.ok ? '' : formatProblems(parsed.problems), done: parsed.ok ? [parsed] : [] }
    },
    ['scenarios/x.yaml:2: lasts', '"soon"', 'a number', 'Write a number'],
  ],
  [
    'an event of rebalance',
    () => invoke('rebalance', parseRebalance, { source: 'operater' }),
    ['BadEvent: event.source', '"operater"', '"operator", "canary"', 'Did you mean operator?'],
  ],
  [
    "an operator's request",
    () => invoke('rebalance', parseRebalance, operator),
    ['event.request.provider', '"AWS"', 'lower-case letters', 'Write aws.'],
  ],
  [
    'the payload of apply',
    () => invoke('apply', (raw) => parseWith(ApplyRequest, raw), { rollbacks: [], plans: 'all', look: [], confirm: [] }),
    ['event.plans', '"all"', 'a list', 'Write a list'],
  ],
  [
    'an event of reconcile',
    () => invoke('reconcile', parseReconcile, { source: 'aws.events', time: 'noon' }),
    ['event.time', '"noon"', 'a time such as 2026-01-31T12:00:00Z', 'Write a time'],
  ],
  [
    'a task of canary/begin',
    () => invoke('canary-begin', (raw) => parseWith(BeginTask, raw), { execution: 7, startedAt: '2027-01-15T08:00:00.000Z', input: {} }),
    ['event.execution', '7', 'text', 'Write'],
  ],
  [
    'a task of canary/step',
    () => invoke('canary-step', (raw) => parseWith(StepTask, raw), { execution: 'x', event: 'shif' }),
    ['event.event', '"shif"', '"shift", "settle"', 'Did you mean shift?'],
  ],
  [
    "an operator's order to canary/step",
    () => invoke('canary-step', (raw) => parseWith(CanaryOrder, raw), { ...order, action: 'abrot' }),
    ['event.action', '"abrot"', '"approve", "hold"', 'Did you mean abort?'],
  ],
  [
    'a task of canary/judge',
    () => invoke('canary-judge', (raw) => parseWith(JudgeTask, raw), { hostname: 'Media' }),
    ['event.hostname', '"Media"', 'a DNS name in lower case', 'Write a DNS name'],
  ],
  [
    'an action of the page',
    () => post('{"action":"fial","provider":"aws"}'),
    ['action', '"fial"', '"brownOut", "fail"', 'Did you mean fail?'],
  ],
  [
    'a body of the page that is no JSON',
    () => post('fail aws'),
    ['body', '"fail aws", which is not JSON', 'an action as JSON', 'Send for'],
  ],
  ['cdk', run('cdk/app.ts'), ['sluice.yaml:1: stage', '"Prod"', 'lower-case letters', 'Write prod.']],
  [
    'cdk without a file',
    run('--eval', `process.env.SLUICE_CONFIG = '/nowhere/sluice.yaml'; import('${process.cwd()}/cdk/app.ts')`),
    ['/nowhere/sluice.yaml', 'ENOENT', 'sluice.yaml', 'copy examples/aws-hetzner/sluice.yaml'],
  ],
  ['sluice', run('cli/sluice.js', 'status', '--jsn'), ['--jsn', 'unknown option', '--json', 'Did you mean --json?']],
  ['npm start', run('local/start.js', '--scenario', 'stedy'), ['--scenario', '"stedy"', 'steady', 'Did you mean steady?']],
  [
    "npm start with somebody's file",
    run('local/start.js', '--config', join(folder, 'sluice.yaml')),
    ['sluice.yaml:1: stage', '"Prod"', 'lower-case letters', 'Write prod.'],
  ],
  ['npm run aws', run('local/aws/main.ts', '--port', '70000'), ['--port', '"70000"', 'from 0 to 65535', 'Write a whole number']],
  ...(
    [
      ['scenarios', 'local/scenarios.ts'],
      ['docs', 'scripts/write-generated-files.ts'],
      ['mutation', 'scripts/mutation.ts'],
      ['prove', 'test/mutants/prove.ts'],
      ['test:histories', 'test/histories/main.ts'],
      ['bench:bundle', 'bench/bundle/main.ts'],
      ['bench:judge', 'bench/judge/main.ts'],
      ['bench:local', 'bench/local-system/run.ts'],
      ['bench:scale', 'bench/scale/main.ts'],
      ['bench:steering', 'bench/steering/main.ts'],
    ] as const
  ).map(
    ([name, file]): Row => [
      `npm run ${name}`,
      run(file, '--halp'),
      ['--halp', 'a flag that does not exist', '--help', 'Did you mean --help?'],
    ],
  ),
]

describe('bad input at a door', () => {
  test.each(rows)('%s names place, value, what is allowed and the mend, and nothing is done', async (_door, enter, said) => {
    const { text, done, exitCode } = await enter()
    for (const part of said) expect(text).toContain(part)
    expect(text).toMatch(/mend:/)
    expect(done).toEqual([])
    if (exitCode !== undefined) expect([1, 2]).toContain(exitCode)
  })
})
