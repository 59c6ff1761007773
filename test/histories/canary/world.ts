// The world of a history of canaries: the real begin, step, judge, reconcile, rebalance and apply on fakes, and a machine whose tasks die, repeat and race.
import { beginCanary } from '#lambdas/canary/begin/begin-canary.ts'
import { stepCanary } from '#lambdas/canary/step/step-canary.ts'
import type { StepPorts } from '#lambdas/canary/step/step-ports.ts'
import type { ControlRow } from '#model/canary.ts'
import type { CanaryOrder, JudgeAnswer, JudgeTask, StepTask, TaskAnswer } from '#model/canary-order.ts'
import { aCanaryConfiguration, aCanaryWorld, type MachineEvent } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import type { CanarySetup, OrderAction } from './history.ts'
import type { CanaryRule } from './rules/rule.ts'

/** Who asked for an advance of the row. */
export type Caller =
  | { readonly kind: 'begin'; readonly execution: string }
  | { readonly kind: 'machine'; readonly execution: string; readonly event: MachineEvent; readonly turn: number }
  | { readonly kind: 'operator'; readonly action: CanaryOrder['action'] }

export type Advance = { readonly before: ControlRow | undefined; readonly after: ControlRow; readonly by: Caller }
export type Asked = { readonly task: JudgeTask; readonly answer: JudgeAnswer; readonly again: JudgeAnswer }

export type Execution = {
  readonly arn: string
  readonly input: unknown
  /** Epoch seconds. */
  readonly startedAt: number
  state: 'running' | 'stopped' | 'failed' | 'done'
  answer: TaskAnswer | undefined
  /** The machine's Catch leads there. */
  caught: boolean
  attempts: number
  dueAt: number
  readonly past: StepTask[]
}

/** What really was published of a minute. */
export type PublishedMinute = {
  readonly at: number
  readonly requests: Readonly<Record<string, number>>
  readonly failures: Readonly<Record<string, number>>
  /** By cloud: its requests, and its share by the weights; that is not known while a check is red. */
  readonly clouds: Readonly<Record<string, { readonly requests: number; readonly written: number | undefined }>>
}

/** What really happened in a minute, published or not. */
export type HappenedMinute = Pick<PublishedMinute, 'at' | 'requests' | 'failures'>

export type CanaryWorld = ReturnType<typeof createCanaryWorld>

const CLOUDS = ['aws', 'hetzner'] as const
export const VERSIONS = ['1.0.8', '1.0.9'] as const

export function createCanaryWorld(setup: CanarySetup, rules: readonly CanaryRule[], count: (what: string) => void) {
  const base = aCanaryWorld(aCanaryConfiguration(setup.strategy), { requestsPerMinute: setup.requestsPerMinute })
  const state = {
    violation: undefined as { readonly rule: string; readonly sentence: string } | undefined,
    armed: undefined as { readonly at: number; readonly isAfter: boolean } | undefined,
    between: undefined as OrderAction | undefined,
    startBetween: undefined as (() => Promise<void>) | undefined,
    /** When the judge last answered, epoch seconds. */
    answeredAt: 0,
    /** When something last was in the way of a task, epoch seconds. */
    troubledAt: 0,
    /** When a way back last could not reach the records, or could not be taken, and when clients last kept old answers; epoch seconds. */
    blockedAt: 0,
    staleAt: 0,
    /** Minutes in a row: a cloud red while the controller could see it, all checks of a version red, nothing in the way. */
    redMinutes: { aws: 0, hetzner: 0 } as Record<string, number>,
    versionRedMinutes: { '1.0.8': 0, '1.0.9': 0 } as Record<string, number>,
    aliveMinutes: 0,
    loadMinutes: 0,
  }
  const executions: Execution[] = []
  const published: PublishedMinute[] = []
  const happened: HappenedMinute[] = []

  const watch = (ask: (rule: CanaryRule) => string | undefined) => {
    for (const rule of rules) {
      const sentence = state.violation === undefined ? ask(rule) : undefined
      if (sentence !== undefined) state.violation = { rule: rule.name, sentence }
    }
  }

  /** The ports of one invocation, which dies where it was told to; nothing it does after that has any effect. */
  function invocation(by: Caller): { ports: StepPorts; isDead: () => boolean } {
    const { armed, between } = state
    if (by.kind !== 'operator') Object.assign(state, { armed: undefined, between: undefined })
    const death = by.kind === 'operator' ? undefined : armed
    let calls = 0
    let isDead = false
    const call = async <T>(effect: () => Promise<T>): Promise<T> => {
      if (isDead) throw new Error('the invocation is dead')
      const isHere = death !== undefined && calls++ === death.at
      if (isHere && !death.isAfter) isDead = true
      if (isDead) throw crash()
      const value = await effect()
      if (isHere) isDead = true
      if (isDead) throw crash()
      return value
    }
    const { rows, canaryPorts: real } = base
    let isBetweenDue = by.kind === 'machine' && between !== undefined
    const ports: StepPorts = {
      ...real,
      rows: {
        get: (hostname) => call(() => rows.get(hostname)),
        advance: (row, revision) =>
          call(async () => {
            const { value: before } = await rows.get(HOSTNAME)
            const isDone = await rows.advance(row, revision)
            if (isDone) {
              count(`advances (${by.kind === 'machine' ? by.event : by.kind === 'operator' ? by.action : 'begin'})`)
              count(`phases (${row.canary?.phase})`)
              const isGoingBack = row.canary?.phase === 'rollingBack' && before?.canary?.phase !== 'rollingBack'
              if (isGoingBack && row.reason.sentence.includes('more than the budget')) count('budgets spent')
              watch((rule) => rule.advanced?.({ before, after: row, by }, world))
            } else count('advances overtaken')
            return isDone
          }),
      },
      records: { get: (hostname) => call(() => real.records.get(hostname)) },
      journal: {
        append: (entry) => call(() => real.journal.append(entry)),
        keepJudged: (entry, revision) => call(() => real.journal.keepJudged(entry, revision)),
        decisions: (set, limit) =>
          call(async () => {
            const other = state.startBetween
            if (by.kind === 'begin' && other !== undefined) {
              state.startBetween = undefined
              count('starts between')
              await other()
            }
            return real.journal.decisions(set, limit)
          }),
      },
      judge: {
        judge: (task) =>
          call(async () => {
            if (isBetweenDue && between !== undefined) {
              isBetweenDue = false
              count('orders between')
              await world.order(between)
            }
            const before = JSON.stringify(task)
            const answer = await real.judge.judge(task)
            const again = await real.judge.judge(JSON.parse(before) as JudgeTask)
            watch((rule) => rule.judged?.({ task, answer, again }, world))
            if (JSON.stringify(task) !== before) throw new Error('the judge changed its task')
            state.answeredAt = base.now()
            return answer
          }),
      },
      rebalancer: { rebalance: (hostname, execution) => call(() => real.rebalancer.rebalance(hostname, execution)) },
      news: { tell: (row, news) => call(() => real.news.tell(row, news)) },
    }
    const crash = () => {
      count('crashes')
      state.troubledAt = base.now()
      return new Error('the invocation died')
    }
    return { ports, isDead: () => isDead }
  }

  const world = {
    ...{ base, state, setup, executions, published, happened, rules, watch },
    now: base.now,
    count,
    row: base.row,
    isWellFor: (minutes: number) => state.aliveMinutes >= minutes && base.now() - state.troubledAt >= minutes * 60,
    /** All checks of the version are red. */
    isRed: (version: string) => CLOUDS.every((name) => base.red.has(`hc-${name}-${version}`)),
    /** And have been so long that whoever asks is told so, if there is anybody to ask. */
    isKnownRed: (version: string) =>
      (state.versionRedMinutes[version] ?? 0) >= 1 && world.isRed(version) && !base.faults.areMetricsDead && !base.faults.isJudgeDead,
    invoke: async (task: StepTask) => {
      const { ports, isDead } = invocation({ kind: 'machine', execution: task.execution, event: task.event, turn: task.canary?.turn ?? 0 })
      const answer = await stepCanary(task, ports)
      if (isDead()) throw new Error('the answer was lost')
      return answer
    },
    begin: async ({ arn, input, startedAt }: Execution) => {
      const { ports, isDead } = invocation({ kind: 'begin', execution: arn })
      const answer = await beginCanary(
        { execution: arn, input, startedAt: new Date(startedAt * 1000).toISOString() },
        { ...base.beginPorts, rows: ports.rows, records: ports.records, journal: ports.journal },
      )
      const row = await base.row()
      watch((rule) => rule.begun?.(answer, arn, row))
      if (isDead()) throw new Error('the answer was lost')
      return answer
    },
    /** @returns what step answered; undefined where it refused the order */
    order: async (action: CanaryOrder['action'], more: Partial<CanaryOrder> = {}): Promise<TaskAnswer | undefined> => {
      const { ports } = invocation({ kind: 'operator', action })
      const order = { action, time: base.now(), author: 'ops', reason: 'a history', hostname: HOSTNAME, ...more }
      try {
        return await stepCanary(order, ports)
      } catch (error) {
        if (error instanceof Error && error.name === 'BadEvent') return undefined
        throw error
      }
    },
    /** A minute of traffic, then the schedule of rebalance. */
    passMinute: async () => {
      const { flow, faults, clouds, red, zone } = base
      const at = Math.floor(base.now() / 60) * 60
      const minute: HappenedMinute = { at, requests: requestsNow(), failures: failuresNow() }
      happened.push(minute)
      if (!flow.silent) published.push({ ...minute, clouds: cloudsNow() })
      await base.pass(1)
      const isAnyRed = VERSIONS.some((version) => world.isRed(version))
      if (faults.isRebalanceDead || !zone.inSync || isAnyRed) state.blockedAt = base.now()
      if (flow.stale > 0 || Object.values(flow.staleAt).some((part) => part > 0)) state.staleAt = base.now()
      const isSeen = !faults.isRebalanceDead && !faults.areMetricsDead
      for (const name of CLOUDS) state.redMinutes[name] = isSeen && clouds[name]?.isRed === true ? (state.redMinutes[name] ?? 0) + 1 : 0
      for (const version of VERSIONS) {
        const isRed = CLOUDS.every((name) => red.has(`hc-${name}-${version}`))
        state.versionRedMinutes[version] = isRed ? (state.versionRedMinutes[version] ?? 0) + 1 : 0
      }
      state.aliveMinutes = isSeen && !faults.isJudgeDead && zone.inSync ? state.aliveMinutes + 1 : 0
      state.loadMinutes++
    },
    watchMinute: async () => {
      const row = await base.row()
      watch((rule) => rule.minute?.(row, world))
    },
    watchAfterSweep: async () => {
      const row = await base.row()
      watch((rule) => rule.swept?.(row, world))
    },
  }

  function requestsNow(): Record<string, number> {
    const { requestsOf } = base
    return Object.fromEntries(VERSIONS.map((version) => [version, CLOUDS.reduce((sum, name) => sum + requestsOf(version, name), 0)]))
  }

  function cloudsNow(): PublishedMinute['clouds'] {
    const { requestsOf, shareOf, clouds } = base
    const isAnyRed = CLOUDS.some((name) => clouds[name]?.isRed === true)
    const sum = (of: (version: string) => number) => VERSIONS.reduce((total, version) => total + of(version), 0)
    const ofCloud = (name: string) => ({
      requests: sum((version) => requestsOf(version, name)),
      written: isAnyRed ? undefined : sum((version) => shareOf(version, name)),
    })
    return Object.fromEntries(CLOUDS.map((name) => [name, ofCloud(name)]))
  }

  function failuresNow(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(requestsNow()).map(([version, requests]) => [version, requests * (base.flow.failing[version] ?? 0.005)]),
    )
  }

  return world
}
