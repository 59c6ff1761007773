// The real command line, as a child process, against the real stack on this computer: what an operator does in an evening.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { everyClockSeconds } from '#local/aws/clock.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import type { Configuration } from '#model/configuration.ts'
import { until } from './deploy/until.ts'
import { OPERATOR, VIEWER } from './operator-roles.ts'

const EXAMPLE = 'examples/aws-hetzner/sluice.yaml'
const HOSTNAME = 'media.example.com'
const ALARM = 'files-errors'
const ACCOUNT = '123456789012'
const LEAVES = ['canary', 'plan', 'files.example.com', '--provider', 'hetzner', '--part', '0']
/** A run takes half a minute; a busy computer may take longer. */
const LIMIT_MILLIS = 120_000

const clock = createLocalClock({ speed: 20 })
const configuration = exampleConfiguration()
let stack: RunningStack
let stopPublishing = () => {}

const ROLES = { operator: OPERATOR, viewer: VIEWER }

beforeAll(async () => {
  stack = await startStack({ clock, configuration })
  for (const [roleName, Statement] of Object.entries(ROLES)) {
    const document = { Version: '2012-10-17', Statement }
    const arn = `arn:aws:iam::${ACCOUNT}:role/${roleName}`
    stack.aws.iam.registerRole({ roleName, arn, policies: [{ name: 'cli', document }], accessKeyId: `AKIA${roleName.toUpperCase()}` })
  }
  stopPublishing = everyClockSeconds(clock, 60, (at) => void publishSignals(at))
  // The first write waits until every health check has been seen once; nobody probes here.
  for (const { id } of stack.aws.route53.healthChecks()) stack.aws.route53.reportProbe(id, { fractionHealthy: 1, isHealthy: true })
  await until(() => Object.keys(weights()).length === 2)
}, LIMIT_MILLIS)

afterAll(async () => {
  stopPublishing()
  await stack?.stop()
  clock.stop()
})

/** The example, with a strategy that names an alarm of somebody else. */
function exampleConfiguration(): Configuration {
  const guarded = readFileSync(EXAMPLE, 'utf8').replace('  files.example.com:\n', '  files.example.com:\n    strategy: guarded\n')
  const parsed = parseConfiguration(`${guarded}\nstrategies: { guarded: { alarms: [${ALARM}] } }\n`, EXAMPLE)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.configuration
}

/** What agents would publish: each provider serves a quarter of what it can, so that either has room for all, and nothing fails. */
async function publishSignals(at: number): Promise<void> {
  const MetricData = configuration.providers.flatMap(({ name, rating }) =>
    Object.entries({ Requests: rating * 15, Failures: 0, Capacity: rating, Utilisation: 0.25, LatencyP99: 0.2 }).map(
      ([MetricName, Value]) => ({
        ...{ MetricName, Value, Timestamp: new Date(at * 1000) },
        Dimensions: Object.entries({ Stage: configuration.stage, Provider: name }).map(([Name, Value]) => ({ Name, Value })),
      }),
    ),
  )
  await stack.clients.cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Sluice', MetricData }))
}

type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

function sluiceAs(role: keyof typeof ROLES, ...words: string[]): Promise<Ran> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['cli/sluice.js', ...words], {
    env: {
      ...{ PATH, HOME, TZ: 'UTC', SLUICE_CONFIG: EXAMPLE },
      ...{ AWS_ENDPOINT_URL: stack.aws.url, AWS_ACCESS_KEY_ID: `AKIA${role.toUpperCase()}`, AWS_SECRET_ACCESS_KEY: 'any' },
    },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

const sluice = (...words: string[]) => sluiceAs('operator', ...words)

/** What the name servers answer, by provider. */
function weights(): Record<string, number> {
  const records = stack.aws.route53.recordSets(HOSTNAME, 'A')
  return Object.fromEntries(records.map(({ setIdentifier, weight }) => [setIdentifier?.split(':')[2] ?? '', weight ?? 0]))
}

test(
  'an evening: plan, a rollback that is refused, drain, status, undrain, pin, and the journal of it all',
  async () => {
    const plan = await sluice('plan', HOSTNAME)
    expect(plan).toMatchObject({ code: 0, err: '' })
    expect(plan.out).toMatch(/^media\.example\.com\n(?:.*\n)* {2}PROVIDER +CONDITION +SHARE/)

    // What stands is all there ever was.
    const rollback = await sluice('rollback', HOSTNAME, '--reason', 'too early')
    expect(rollback).toMatchObject({ code: 1, err: '' })
    expect(rollback.out).toContain(`${HOSTNAME} has no earlier plan that was good and differs from what stands`)

    const drained = await sluice('drain', 'hetzner', '--reason', 'kernel update', '--for', '2h')
    expect(drained).toMatchObject({ code: 0, err: '' })
    expect(drained.out).toMatch(/^hetzner is drained until .* \(in 2h\)\.\n/)
    expect(drained.out).toMatch(/media\.example\.com \(enforce\): written, change C\w+, generation 1 sequence 2\n/)
    await until(() => weights().hetzner === 0)

    const status = JSON.parse((await sluice('status', HOSTNAME, '--json')).out)
    expect(status.hostnames[0]).toMatchObject({
      hostname: HOSTNAME,
      providers: [{ inRecords: 1 }, { provider: 'hetzner', condition: 'drained', wanted: 0, inRecords: 0 }],
      overrides: [{ kind: 'drain', reason: 'kernel update', author: `arn:aws:sts::${ACCOUNT}:assumed-role/operator/operator` }],
    })
    // The override ends two hours after it was set by the system's clock, which runs twenty times as fast as this process's.
    expect(status.hostnames[0].overrides[0].expiresAt - status.at).toBeLessThanOrEqual(7200)

    expect(await sluice('undrain', 'hetzner', '--reason', 'done')).toMatchObject({ code: 0, err: '' })
    await until(() => (weights().hetzner ?? 0) > 0)

    expect(await sluice('pin', HOSTNAME, 'aws=.75', 'hetzner=.25', '--reason', 'sale', '--for', '1h')).toMatchObject({ code: 0, err: '' })
    await until(() => weights().aws === 3 * (weights().hetzner ?? 0))

    // A change takes its time to reach the name servers, and the next tick asks for it.
    await until(async () => (await sluice('journal', HOSTNAME)).out.includes('in sync: '))
    const journal = await sluice('journal', HOSTNAME)
    expect(journal).toMatchObject({ code: 0, err: '' })
    const told = [
      'set: drain of hetzner',
      'ended: drain of hetzner',
      `set: pin of ${HOSTNAME} at aws 0.75, hetzner 0.25`,
      'written: ',
      'in sync: ',
    ]
    for (const line of told) expect(journal.out).toContain(line)

    const before = await sluice('explain', HOSTNAME, '--at', '1s')
    expect(before.out).toMatch(/^media\.example\.com, decided .* for hostname:media\.example\.com\n/)
  },
  LIMIT_MILLIS,
)

test(
  'whoever may only look can look, and is told what is missing for more',
  async () => {
    for (const words of [['status'], ['explain', HOSTNAME], ['journal', HOSTNAME], ['check', EXAMPLE], ['canary', 'status']])
      expect(await sluiceAs('viewer', ...words)).toMatchObject({ code: 0, err: '' })
    const plan = await sluiceAs('viewer', ...LEAVES)
    expect(plan).toMatchObject({ code: 3, err: '' })
    const said =
      /^hetzner of files\.example\.com: could start now as far as was asked\n {2}not asked: metrics, .*: AccessDeniedException: .*lambda:InvokeFunction.*:sluice-prod-canary-judge.*\n\n/
    expect(plan.out).toMatch(said)
    const { code, err } = await sluiceAs('viewer', 'drain', 'aws', '--reason', 'x', '--for', '1h')
    expect(code).toBe(3)
    expect(err).toMatch(/^sluice drain: AWS\n {2}seen: .*lambda:InvokeFunction.*\n.*\n {2}mend: .*docs\/commands\.md/)
  },
  LIMIT_MILLIS,
)

test(
  'canary plan finds what a start would be refused for, and with that gone says that it could start',
  async () => {
    const missing = `there is no metric alarm ${ALARM} in the home region`
    expect(await sluice(...LEAVES)).toEqual({ code: 1, err: '', out: expect.stringContaining(`: would be refused\n  ${missing}\n\n`) })
    const start = await sluice('canary', 'start', ...LEAVES.slice(2), '--reason', 'all the same')
    expect(start).toEqual({ code: 1, err: '', out: `Refused: ${missing}\n` })

    const alarm = { AlarmName: ALARM, ComparisonOperator: 'GreaterThanThreshold', Threshold: 5, EvaluationPeriods: 1, Period: 60 } as const
    await stack.clients.cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, Namespace: 'Files', MetricName: 'Errors', Statistic: 'Sum' }))
    const plan = await sluice(...LEAVES)
    expect(plan).toMatchObject({ code: 0, err: '' })
    expect(plan.out).toMatch(/^hetzner of files\.example\.com: could start now\n\n(?:.*\n)*learned +tolerated ratio 1\.5, the strategy's: /)
  },
  LIMIT_MILLIS,
)

test(
  'an operator may start a canary and speak to it',
  async () => {
    const started = await sluice('canary', 'start', HOSTNAME, '--provider', 'hetzner', '--part', '0', '--reason', 'leaves')
    expect(started.err).toBe('')
    const held = await sluice('canary', 'hold', HOSTNAME, '--reason', 'lunch')
    expect(held.err).toBe('')
  },
  LIMIT_MILLIS,
)

test(
  'a stage that is not deployed is answered with what to do',
  async () => {
    const { code, err } = await sluice('status', '--stage', 'prd')
    expect(code).toBe(3)
    expect(err).toMatch(/^sluice status: --stage\n {2}seen: {4}"prd", which is not deployed in us-east-1\n/)
  },
  LIMIT_MILLIS,
)
