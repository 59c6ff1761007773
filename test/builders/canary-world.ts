// A canary on fakes: the real begin, step, judge, rebalance and apply, two clouds with two versions each, and a machine that follows `next` as the ASL does.
import { type BeginPorts, beginCanary } from '#lambdas/canary/begin/begin-canary.ts'
import { judgeCanary } from '#lambdas/canary/judge/judge-canary.ts'
import { preflight } from '#lambdas/canary/judge/preflight.ts'
import { stepCanary } from '#lambdas/canary/step/step-canary.ts'
import type { StepPorts } from '#lambdas/canary/step/step-ports.ts'
import type { RebalancePorts } from '#lambdas/rebalance/ports.ts'
import { rebalance } from '#lambdas/rebalance/rebalance.ts'
import type { CanaryOrder, MACHINE_EVENTS, TaskAnswer } from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import type { CheckAnswer, CheckQuestion } from '#model/gate-check.ts'
import type { MetricSeries } from '#model/metric.ts'
import type { Reason } from '#model/reason.ts'
import { providerOf, versionOf } from '#model/record-identity.ts'
import { Strategy } from '#model/strategy.ts'
import type { AlarmReader, AlarmState } from '#ports/alarm-reader.ts'
import type { CheckReader } from '#ports/gate-checks.ts'
import { aConfiguration, aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { aController } from '#test/builders/controller.ts'
import { seriesOf } from '#test/builders/series.ts'

export const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:sluice-test-canary:media--1.0.9--1'
export const QUICK = { steps: { list: [10, 50] }, minDwellMinutes: 5, maxDwellMinutes: 60, bakeMinutes: 5 }
const VERSIONS = ['1.0.8', '1.0.9']

export function aVersionedProvider(name: string, rating: number, versions: readonly string[] = VERSIONS) {
  const network = name === 'aws' ? '192.0.2' : '198.51.100'
  return aProvider({
    name,
    rating,
    endpoints: [
      { name: 'edge', address: { ipv4: `${network}.10` }, healthCheckId: `hc-${name}` },
      ...versions.map((version, index) => ({
        name: `v${index}`,
        address: { ipv4: `${network}.${20 + index}` },
        healthCheckId: `hc-${name}-${version}`,
        of: { service: 'media', version },
      })),
    ],
  })
}

export function aCanaryConfiguration(strategy: object = QUICK): Configuration {
  return aConfiguration({
    providers: [aVersionedProvider('aws', 500), aVersionedProvider('hetzner', 300)],
    hostnames: [aHostname({ service: { name: 'media', stable: '1.0.8' }, strategy: Strategy.parse(strategy) })],
  })
}

export type MachineEvent = (typeof MACHINE_EVENTS)[number]

/** The task that the machine goes on with, by what the last one said; a start and an end are none of step's. */
export const EVENT_OF: Readonly<Record<Exclude<TaskAnswer['next'], 'Begin' | 'Done'>, MachineEvent>> = {
  Shift: 'shift',
  Settle: 'settle',
  Bake: 'judge',
  Promote: 'promote',
  Rollback: 'rollback',
  Finish: 'finish',
}

/** How a version's requests are spread over seconds, in parts that add up to 1. */
export type Latency = readonly { readonly seconds: number; readonly part: number }[]

/**
 * `failing`: failure ratio of a version, or of everything at a provider, 0–1; `requestsPerMinute`: of the whole name; `silent`: no counts are published; `stale`: the part that
 * stays with 1.0.8 whatever the records say; `staleAt`: provider → part of all requests that stays with it; `latency`: of a version; none is published of others; `counted`: metric → version → part of its requests that it counts.
 */
export type Traffic = {
  stale: number
  staleAt: Record<string, number>
  requestsPerMinute: number
  failing: Record<string, number>
  silent: boolean
  latency: Record<string, Latency>
  counted: Record<string, Readonly<Record<string, number>>>
}

export function aCanaryWorld(configuration: Configuration = aCanaryConfiguration(), traffic: Partial<Traffic> = {}) {
  const controller = aController(configuration)
  const { zone, clouds, records, overrides, goodPlans, journal, splits: rows, now } = controller
  const { clock } = controller.ports
  const stores = { records, overrides, goodPlans, journal }
  const flow: Traffic = { requestsPerMinute: 6000, failing: {}, silent: false, stale: 0, staleAt: {}, latency: {}, counted: {}, ...traffic }
  const counts = new Map<string, Map<number, number>>()
  const red = new Set<string>()
  const told: Reason[] = []
  const troubles: string[] = []
  const faults = { isRebalanceDead: false, isJudgeDead: false, areMetricsDead: false }

  const shareOf = (version: string, provider?: string) => {
    const total = zone.standing.members.reduce((sum, { weight }) => sum + weight, 0)
    const own = zone.standing.members.filter(
      (record) => versionOf(HOSTNAME, record) === version && (provider === undefined || providerOf(HOSTNAME, record) === provider),
    )
    return total === 0 ? 0 : own.reduce((sum, { weight }) => sum + weight, 0) / total
  }
  const read: RebalancePorts['metrics']['read'] = async (queries, from, to) => {
    if (faults.areMetricsDead) throw new Error('CloudWatch is not to be reached')
    const ordinary = new Map(seriesOf(configuration, clouds, now()).map((one) => [one.id, one]))
    return queries.map(({ id, source, periodSeconds }): MetricSeries => {
      const { Provider, Version, HealthCheckId } = source.dimensions
      if (Version !== undefined && source.metric === 'Latency') {
        const requests = [...(counts.get(`${Provider} ${Version} Requests`) ?? [])].filter(
          ([at, count]) => at >= from && at < to && count > 0,
        )
        return { id, points: latencyPoints(requests, flow.latency[Version] ?? [], source.stat, periodSeconds) }
      }
      if (Version !== undefined) {
        const points = [...(counts.get(`${Provider} ${Version} ${source.metric}`) ?? [])].map(([at, value]) => ({ at, value }))
        return { id, points: points.filter(({ at }) => at >= from && at < to) }
      }
      // What the judge asks of a provider is what its versions did together.
      if (/^(canary|control) /.test(id)) {
        const minutes = [...counts].filter(([key]) => key.startsWith(`${Provider} `) && key.endsWith(` ${source.metric}`))
        const byMinute = Map.groupBy(
          minutes.flatMap(([, points]) => [...points]),
          ([at]) => at,
        )
        const points = [...byMinute].map(([at, parts]) => ({ at, value: parts.reduce((sum, [, value]) => sum + value, 0) }))
        return { id, points: points.filter(({ at }) => at >= from && at < to) }
      }
      const known = ordinary.get(id)
      if (known !== undefined) return known
      return {
        id,
        points: [{ at: Math.floor(now() / 60) * 60 - 120, value: HealthCheckId !== undefined && red.has(HealthCheckId) ? 0 : 1 }],
      }
    })
  }
  const ports: RebalancePorts = { ...controller.ports, metrics: { read } }
  /** What the check at a gate answers, and what it was asked. */
  const gateCheck = { answer: async (): Promise<CheckAnswer> => ({ allow: true, reason: 'all is well' }) }
  const asked: (CheckQuestion & { readonly function: string })[] = []
  /** Name → state of the alarms that exist. */
  const alarmStates = new Map<string, AlarmState>()
  const alarms: AlarmReader = { states: async (names) => new Map([...alarmStates].filter(([name]) => names.includes(name))) }
  /** The functions that nobody has deployed. */
  const missingFunctions = new Set<string>()
  const checks: CheckReader = { missing: async (functions) => functions.filter((name) => missingFunctions.has(name)) }
  const beginPorts: BeginPorts = {
    ...stores,
    rows,
    clock,
    configuration: ports.configuration,
    order: async (order) => void (await stepCanary(order, canaryPorts)),
    checks,
    preflight: {
      preflight: async (task) => {
        if (faults.isJudgeDead) throw new Error('the judge is dead')
        return JSON.parse(
          JSON.stringify(await preflight(task, { configuration: ports.configuration, metrics: ports.metrics, alarms, clock })),
        )
      },
    },
  }
  const canaryPorts: StepPorts = {
    ...stores,
    rows,
    clock,
    configuration: ports.configuration,
    judge: {
      judge: async (task) => {
        if (faults.isJudgeDead) throw new Error('the judge is dead')
        // Through JSON both ways, as between two functions.
        return JSON.parse(
          JSON.stringify(
            await judgeCanary(JSON.parse(JSON.stringify(task)), {
              configuration: ports.configuration,
              metrics: ports.metrics,
              alarms,
              clock,
            }),
          ),
        )
      },
    },
    rebalancer: {
      rebalance: async (hostname, execution) => {
        if (faults.isRebalanceDead) throw new Error('rebalance is dead')
        await rebalance({ source: 'canary', time: now(), hostname, execution }, ports)
      },
    },
    checks: {
      ask: async (check, question) => {
        asked.push({ ...question, function: check.function })
        return gateCheck.answer()
      },
    },
    news: { tell: async (_row, news) => void told.push(...news) },
    onTrouble: (what) => troubles.push(what),
  }

  let answer: TaskAnswer | undefined
  let dueAt = 0
  const history: TaskAnswer['next'][] = []

  /** Of a minute in which the records and the clients are as they are now. */
  function requestsOf(version: string, name: string): number {
    const staysAnywhere = Object.values(flow.staleAt).reduce((sum, part) => sum + part, 0)
    const isOld = version === VERSIONS[0]
    const stale = isOld ? flow.stale * VERSIONS.reduce((sum, one) => sum + shareOf(one, name), 0) : 0
    const moved = (shareOf(version, name) * (1 - flow.stale) + stale) * (1 - staysAnywhere)
    return Math.round(flow.requestsPerMinute * (moved + (isOld ? (flow.staleAt[name] ?? 0) : 0)))
  }

  function countMinute(): void {
    if (flow.silent) return
    const at = Math.floor(now() / 60) * 60 - 60
    for (const { name } of configuration.providers) {
      for (const version of new Set(configuration.providers.flatMap(({ endpoints }) => endpoints.flatMap(({ of }) => of?.version ?? [])))) {
        const requests = requestsOf(version, name)
        const put = (metric: string, value: number) => {
          const key = `${name} ${version} ${metric}`
          counts.set(key, (counts.get(key) ?? new Map()).set(at, value))
        }
        put('Requests', requests)
        for (const [metric, { [version]: part }] of Object.entries(flow.counted))
          if (part !== undefined) put(metric, Math.round(requests * part))
        put('Failures', Math.round(requests * (flow.failing[name] ?? flow.failing[version] ?? 0.005)))
      }
    }
  }

  /** Tasks until the next wait, as the machine runs them. */
  async function runMachine(execution: string): Promise<void> {
    let isWaited = true
    while (answer !== undefined && answer.next !== 'Done' && answer.next !== 'Begin') {
      const isWait = answer.next === 'Settle' || answer.next === 'Bake'
      if (isWait && !isWaited) {
        dueAt = now() + answer.waitSeconds
        return
      }
      isWaited = false
      answer = await stepCanary({ execution, event: EVENT_OF[answer.next], canary: answer }, canaryPorts)
      history.push(answer.next)
    }
  }

  const world = {
    ...{
      gateCheck,
      asked,
      alarmStates,
      missingFunctions,
      zone,
      clouds,
      flow,
      faults,
      red,
      told,
      troubles,
      rows,
      history,
      stores,
      ports,
      beginPorts,
      canaryPorts,
      shareOf,
      requestsOf,
    },
    now,
    answer: () => answer,
    row: async () => (await rows.get(HOSTNAME)).value,
    canary: async () => (await rows.get(HOSTNAME)).value?.canary,
    start: async (input: unknown = { service: 'media', version: '1.0.9' }, execution = EXECUTION, startedAt = now()) => {
      const begun = await beginCanary({ execution, input, startedAt: new Date(startedAt * 1000).toISOString() }, beginPorts)
      // One that waits for another to go back leaves the machine to that one.
      if (begun.next !== 'Done' && begun.next !== 'Begin') {
        answer = begun
        dueAt = 0
        await runMachine(execution)
      }
      return begun
    },
    /** Minutes of the installation: traffic, the schedule of rebalance, and the machine where its wait is over. */
    pass: async (minutes: number, execution = EXECUTION) => {
      for (let minute = 0; minute < minutes; minute++) {
        controller.sleep(60)
        countMinute()
        if (!faults.isRebalanceDead) await rebalance({ source: 'schedule', time: now() }, ports).catch(() => undefined)
        if (answer !== undefined && answer.next !== 'Done' && now() >= dueAt) await runMachine(execution)
      }
    },
    /** Passes minutes until the machine has ended; @returns how many. */
    untilDone: async (most = 600, execution = EXECUTION) => {
      for (let minute = 0; minute < most; minute++) {
        if (answer?.next === 'Done') return minute
        await world.pass(1, execution)
      }
      throw new Error(`the machine did not end within ${most} minutes: ${JSON.stringify(answer)}`)
    },
    order: (action: CanaryOrder['action'], more: Partial<CanaryOrder> = {}) =>
      stepCanary({ action, time: now(), author: 'ops', reason: 'a test', hostname: HOSTNAME, ...more }, canaryPorts),
    /** One task of the machine, out of its order. */
    task: async (event: MachineEvent, execution = EXECUTION) => {
      const row = (await rows.get(HOSTNAME)).value
      if (answer === undefined || row?.canary === undefined) throw new Error('no canary')
      return stepCanary({ execution, event, canary: { ...answer, turn: row.canary.turn } }, canaryPorts)
    },
    /** The machine is gone, whatever it was about to do. */
    kill: () => {
      answer = undefined
    },
  }
  return world
}

/** A world in which the records stand and the controller has decided. */
export async function aSteadyWorld(configuration?: Configuration, traffic?: Partial<Traffic>) {
  const world = aCanaryWorld(configuration, traffic)
  await world.pass(5)
  return world
}

/** As CloudWatch answers: how many there were, or how many took longer, in each period. */
function latencyPoints(requests: readonly (readonly [number, number])[], latency: Latency, stat: string, periodSeconds: number) {
  if (latency.length === 0) return []
  const edge = stat === 'SampleCount' ? Number.NEGATIVE_INFINITY : Number(/^TC\((.*):\)$/.exec(stat)?.[1])
  const above = latency.reduce((sum, { seconds, part }) => (seconds > edge ? sum + part : sum), 0)
  const byPeriod = Map.groupBy(requests, ([at]) => Math.floor(at / periodSeconds) * periodSeconds)
  return [...byPeriod].map(([at, minutes]) => ({ at, value: minutes.reduce((sum, [, count]) => sum + Math.round(count * above), 0) }))
}
