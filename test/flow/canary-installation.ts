// The synthesised stack of a service with two versions at two clouds, running in the local system, with traffic as its records spread it.
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeExecutionCommand, GetExecutionHistoryCommand, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { GetParameterCommand } from '@aws-sdk/client-ssm'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems } from '#config/problem.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { startStack } from '#local/deploy/start-stack.ts'
import type { InvocationReport } from '#local/lambda/sinks.ts'
import { until } from './deploy/until.ts'

export const HOSTNAME = 'media.example.com'
const REQUESTS_PER_MINUTE = 6000
const CHECK = 'media-smoke-test'
const VERSIONS = ['1.0.8', '1.0.9', '1.1.0']

const endpoints = (network: string) => [
  `{ name: ingress, ipv4: ${network}.10 }`,
  ...VERSIONS.map((version, index) => `{ name: v${index}, ipv4: ${network}.${20 + index}, service: media, version: ${version} }`),
]

const SLUICE_YAML = `
stage: test
zones: { example.com: Z0123456789EXAMPLE }
policy: { mode: enforce }
providers:
  aws: { rating: 100, endpoints: [${endpoints('192.0.2').join(', ')}] }
  hetzner: { rating: 60, endpoints: [${endpoints('198.51.100').join(', ')}] }
services: { media: { hostname: ${HOSTNAME}, stable: 1.0.8 } }
strategies:
  quick:
    steps: { list: [50] }
    onSupersede: rollbackFirst
    alarms: [sluice-test-apply-errors]
    gates: [{ atPercent: 50, deadlineMinutes: 20, check: { function: media-smoke-test } }]
    minDwellMinutes: 2
    maxDwellMinutes: 30
    bakeMinutes: 2
    judge: { toleratedRatio: 1.5, metrics: [{ kind: failures }, { kind: latency }] }
hostnames: { ${HOSTNAME}: { strategy: quick } }
`

export type Installation = Awaited<ReturnType<typeof anInstallation>>

/** @param failing failure ratio of a version, 0–1; 0.5 % where it is not named */
export async function anInstallation({ failing = {} as Readonly<Record<string, number>>, speed = 120 } = {}) {
  const parsed = parseConfiguration(SLUICE_YAML, 'sluice.yaml')
  if (!parsed.ok) throw new Error(formatProblems(parsed.problems))
  const { configuration } = parsed
  const { stage, providers } = configuration
  const clock = createLocalClock({ speed })
  const reports: InvocationReport[] = []
  const stack = await startStack({ clock, configuration, onReport: (report) => reports.push(report) })
  const { cloudwatch, ssm, sfn } = stack.clients
  // A function of somebody else in the same account, which the gate of the strategy asks.
  const checked: string[] = []
  const arn = `arn:aws:lambda:us-east-1:123456789012:function:${CHECK}`
  stack.aws.lambda.register({ functionName: CHECK, arn, roleArn: 'arn:aws:iam::123456789012:role/media' })
  stack.aws.lambda.setHost({
    invoke: async (invocation) => {
      if (invocation.functionName !== CHECK) return stack.functions.invoke(invocation)
      checked.push(invocation.payload)
      return { payload: JSON.stringify({ allow: true, reason: 'all smoke tests passed' }) }
    },
  })
  const { route53 } = stack.aws

  const weights = () =>
    route53.recordSets(HOSTNAME, 'A').map(({ setIdentifier = '', weight = 0 }) => ({ parts: setIdentifier.split(':'), weight }))
  /** Of the clients at this version, of this provider or all; 0–1. */
  const shareOf = (version: string, provider?: string): number => {
    const total = weights().reduce((sum, { weight }) => sum + weight, 0)
    const own = weights().filter(({ parts }) => parts[4] === version && (provider === undefined || parts[2] === provider))
    return total === 0 ? 0 : own.reduce((sum, { weight }) => sum + weight, 0) / total
  }

  let isOver = false
  async function publish(): Promise<void> {
    const Timestamp = new Date((Math.floor(clock.nowSeconds() / 60) - 1) * 60_000)
    const put = (more: readonly { Name: string; Value: string }[], values: Readonly<Record<string, number>>) => {
      const Dimensions = [{ Name: 'Stage', Value: stage }, ...more]
      return Object.entries(values).map(([MetricName, Value]) => ({ MetricName, Value, Dimensions, Timestamp }))
    }
    const latencies = (more: readonly { Name: string; Value: string }[], requests: number) => {
      const Dimensions = [{ Name: 'Stage', Value: stage }, ...more]
      const Counts = [0.5, 0.4, 0.1].map((part) => Math.round(part * requests))
      return requests === 0 ? [] : [{ MetricName: 'Latency', Values: [0.05, 0.1, 0.4], Counts, Dimensions, Timestamp }]
    }
    const MetricData = providers.flatMap(({ name, rating }) => {
      const Provider = { Name: 'Provider', Value: name }
      const versions = VERSIONS.map((version) => {
        const Requests = Math.round(REQUESTS_PER_MINUTE * shareOf(version, name))
        return { version, Requests, Failures: Math.round(Requests * (failing[version] ?? 0.005)) }
      })
      const sum = (of: 'Requests' | 'Failures') => versions.reduce((total, one) => total + one[of], 0)
      return [
        ...put([Provider], { Requests: sum('Requests'), Failures: sum('Failures'), Capacity: rating, Utilisation: 0.5, LatencyP99: 0.2 }),
        ...versions.flatMap(({ version, ...counts }) => {
          const of = [Provider, { Name: 'Service', Value: 'media' }, { Name: 'Version', Value: version }]
          return [...put(of, counts), ...latencies(of, counts.Requests)]
        }),
      ]
    })
    await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Sluice', MetricData })).catch((error) => {
      if (!isOver) throw error
    })
    if (!isOver) clock.setTimeout(publish, 60)
  }
  // No prober runs here: what the checkers would say is said by hand.
  for (const { id } of route53.healthChecks()) route53.reportProbe(id, { fractionHealthy: 1, isHealthy: true })
  await publish()

  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/sluice/${stage}/stack` }))
  const names = JSON.parse(Parameter?.Value ?? '') as { readonly canary: { readonly machine: string } }
  const describe = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }))

  return {
    ...{ stack, clock, configuration, reports, checked, shareOf, describe },
    /** Starts a canary as an operator would; a refusal is tried again, since the controller has to decide first. */
    async start(name: string, version = '1.0.9'): Promise<string> {
      await until(() => shareOf('1.0.8') > 0)
      for (let attempt = 1; ; attempt++) {
        const input = JSON.stringify({ service: 'media', version, author: 'ops', reason: 'a test' })
        const request = new StartExecutionCommand({ stateMachineArn: names.canary.machine, name: `${name}--${attempt}`, input })
        const { executionArn = '' } = await sfn.send(request)
        const isOn = await until(async () => {
          const { status, output } = await describe(executionArn)
          if (status !== 'RUNNING') return { refused: output }
          return shareOf(version) > 0 && { refused: undefined }
        })
        if (isOn.refused === undefined) return executionArn
        await clock.sleep(30)
      }
    },
    states: async (executionArn: string) => {
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))
      return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? [])
    },
    async stop() {
      isOver = true
      await stack.stop()
      clock.stop()
    },
  }
}
