// Plays a history of canaries, minute by minute, watched by the rules.

import { standingVersion } from '#canary/begin.ts'
import { isInFlight } from '#model/canary.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import type { CanaryHistory, CanaryStep, Whose } from './history.ts'
import { runDue, sweep, tellEnd } from './machine.ts'
import type { CanaryRule } from './rules/rule.ts'
import { type CanaryWorld, createCanaryWorld, VERSIONS } from './world.ts'

export type PlayedCanary = {
  readonly violation: { readonly rule: string; readonly sentence: string; readonly step: number } | undefined
  /** Minutes and happenings. */
  readonly steps: number
}

export type PlayOptions = { readonly count?: (what: string) => void; readonly tell?: (line: string) => void }

/** The same history always comes out the same. */
export async function playCanary(
  { setup, steps }: CanaryHistory,
  rules: readonly CanaryRule[],
  { count = () => {}, tell }: PlayOptions = {},
): Promise<PlayedCanary> {
  const world = createCanaryWorld(setup, rules, count)
  const began = world.now()
  let done = 0
  for (const [index, step] of steps.entries()) {
    tell?.(`${((world.now() - began) / 60).toFixed(0).padStart(5)} ${JSON.stringify(step)}`)
    try {
      done += await perform(world, step)
    } catch (error) {
      // Whoever may refuse says so by an answer; what dies on purpose is caught where it dies.
      const sentence = error instanceof Error ? error.message : String(error)
      return { violation: { rule: 'never-throws', sentence, step: index }, steps: done }
    }
    const { violation } = world.state
    if (tell !== undefined) tell(`        ${await describe(world)}`)
    if (violation !== undefined) return { violation: { ...violation, step: index }, steps: done }
  }
  return { violation: undefined, steps: done }
}

async function describe(world: CanaryWorld): Promise<string> {
  const row = await world.row()
  const { canary } = row ?? {}
  const shares = VERSIONS.map((version) => `${version} ${world.base.shareOf(version).toFixed(2)}`).join(' ')
  return `${canary === undefined ? 'no canary' : `${canary.phase} step ${canary.step} turn ${canary.turn} next ${canary.next} generation ${row?.generation}: ${canary.reason.sentence}`}; ${shares}`
}

async function perform(world: CanaryWorld, step: CanaryStep): Promise<number> {
  const { base, state, executions } = world
  switch (step.kind) {
    case 'pass':
      return pass(world, step.minutes)
    case 'start':
      for (let copy = 0; copy < step.copies; copy++) await start(world, step)
      return step.copies
    case 'order':
      await world.order(step.action, { time: world.now() - step.lateSeconds })
      return 1
    case 'start-between':
      state.startBetween = () => start(world, { kind: 'start', what: 'version', part: 0, copies: 1 })
      return 1
    case 'order-between':
      state.between = step.action
      return 1
    case 'duplicate': {
      const execution = executions[step.which % Math.max(1, executions.length)]
      const turn = (await world.row())?.canary?.turn
      const apt = executions.flatMap(({ past }) => past).filter(({ canary }) => canary?.turn === turn)
      const tasks = step.isApt && apt.length > 0 ? apt : (execution?.past ?? [])
      const task = tasks[step.task % Math.max(1, tasks.length)]
      if (task === undefined) return 0
      world.count('duplicates')
      await world.invoke(task).catch(() => undefined)
      return 1
    }
    case 'crash':
      state.armed = step
      return 1
    case 'stop': {
      const execution = executions.findLast((one) => one.state === 'running')
      if (execution === undefined) return 0
      execution.state = 'stopped'
      state.troubledAt = world.now()
      world.count('executions stopped')
      if (step.isTold) await tellEnd(world, execution)
      return 1
    }
    case 'redrive': {
      const execution = executions[step.which % Math.max(1, executions.length)]
      if (execution === undefined || execution.state === 'running' || execution.state === 'done') return 0
      world.count('redrives')
      Object.assign(execution, { state: 'running', attempts: 0 })
      await runDue(world, execution)
      return 1
    }
    case 'sweep':
      await sweep(world)
      await world.watchAfterSweep()
      return 1
    case 'failing':
      for (const version of await versionsOf(world, step.whose)) base.flow.failing[version] = step.ratio
      return 1
    case 'traffic':
      base.flow.requestsPerMinute = step.requestsPerMinute
      return 1
    case 'silence':
      base.flow.silent = step.isOn
      return 1
    case 'stale':
      base.flow.stale = step.part
      return 1
    case 'stale-at':
      base.flow.staleAt = { [step.cloud]: step.part }
      return 1
    case 'checks':
      for (const version of await versionsOf(world, step.whose)) {
        for (const name of ['aws', 'hetzner']) base.red[step.isRed ? 'add' : 'delete'](`hc-${name}-${version}`)
      }
      return 1
    case 'cloud':
      base.clouds[step.cloud] = { ...base.clouds[step.cloud], isRed: step.isRed }
      return 1
    case 'load':
      for (const [name, cloud] of Object.entries(base.clouds)) base.clouds[name] = { ...cloud, load: step.part * (cloud.capacity ?? 0) }
      state.loadMinutes = 0
      return 1
    case 'fault':
      if (step.what === 'isPending') base.zone.inSync = !step.isOn
      else base.faults[step.what] = step.isOn
      return 1
    case 'calm':
      Object.assign(base.faults, { isJudgeDead: false, isRebalanceDead: false, areMetricsDead: false })
      Object.assign(base.flow, { silent: false, stale: 0, staleAt: {}, requestsPerMinute: world.setup.requestsPerMinute })
      base.zone.inSync = true
      base.red.clear()
      for (const [name, cloud] of Object.entries(base.clouds)) base.clouds[name] = { ...cloud, isRed: false, load: 100 }
      return pass(world, step.minutes)
  }
}

async function start(world: CanaryWorld, { what, part }: Extract<CanaryStep, { kind: 'start' }>): Promise<void> {
  const [next = ''] = await versionsOf(world, 'next')
  const input = what === 'version' ? { service: 'media', version: next } : { hostname: HOSTNAME, provider: 'hetzner', part }
  const execution = {
    arn: `arn:aws:states:us-east-1:123456789012:execution:sluice-test-canary:history--${world.executions.length + 1}`,
    ...{
      input: { ...input, author: 'ops', reason: 'a history' },
      startedAt: world.now(),
      state: 'running' as const,
      answer: undefined,
      caught: false,
      attempts: 0,
      dueAt: 0,
      past: [],
    },
  }
  world.executions.push(execution)
  world.count(`starts (${what})`)
  await runDue(world, execution)
}

/** While a canary of a version is in flight, `next` is that version. */
async function versionsOf(world: CanaryWorld, whose: Whose): Promise<string[]> {
  if (whose === 'both') return [...VERSIONS]
  const row = await world.row()
  const [policy] = (await world.base.ports.configuration.load()).hostnames
  const subject = isInFlight(row) ? row.canary.subject : undefined
  const standing = subject?.kind === 'version' ? subject.from : policy === undefined ? '' : standingVersion(row, policy)
  return whose === 'standing' ? [standing] : VERSIONS.filter((version) => version !== standing)
}

async function pass(world: CanaryWorld, minutes: number): Promise<number> {
  for (let minute = 0; minute < minutes; minute++) {
    await world.passMinute()
    for (const execution of world.executions) await runDue(world, execution)
    await world.watchMinute()
    if (world.state.violation !== undefined) return minute + 1
  }
  return minutes
}
