// Decides what becomes of each request at a simulated cloud: served after a wait, or turned away because the queue in front of the tasks is full.
import type { CloudCommand, CloudMode, CloudSpec, WarmUp } from './cloud-spec.ts'
import { createSlots } from './slots.ts'

export type Verdict = { readonly isServed: boolean; readonly latencySeconds: number }

export interface TaskPool {
  /** One request that arrived at this time of the clock; times may come slightly out of order. */
  arrive(atSeconds: number): Verdict
  command(command: Exclude<CloudCommand, { kind: 'version' }>, atSeconds: number): void
  mode(): CloudMode
  readyTasks(): number
  reportedCapacity(): number
  effectiveCapacity(atSeconds: number): number
}

/** A request waits at most this long in front of the tasks; more are turned away (503). */
const QUEUE_SECONDS = 2
/** A tiny capacity keeps the arithmetic of a cloud without tasks finite. */
const LEAST_CAPACITY = 1e-6

/**
 * What exceeds the capacity fills a queue and is then turned away, so in the long run goodput is min(load, capacity); latency grows with
 * utilisation before that.
 *
 * @param random a number in [0, 1), for the jitter of the latency
 */
export function createTaskPool(spec: CloudSpec, random: () => number): TaskPool {
  let mode: CloudMode = 'running'
  let tasks = spec.tasks
  let brownOutTo = 1
  let warmUp: (WarmUp & { readonly since: number }) | undefined
  const slots = createSlots(QUEUE_SECONDS)

  const reportedCapacity = () => (mode === 'stopped' ? 0 : tasks * spec.ratingPerTask)
  const effectiveCapacity = (at: number) => reportedCapacity() * brownOutTo * warmth(warmUp, at)

  return {
    arrive(at) {
      if (mode === 'failing' || mode === 'stopped') return { isServed: false, latencySeconds: 0 }
      const capacity = Math.max(effectiveCapacity(at), LEAST_CAPACITY)
      const wait = slots.take(at, capacity)
      if (wait === undefined) return { isServed: false, latencySeconds: spec.baseLatencySeconds / 4 }
      return { isServed: true, latencySeconds: serviceSeconds(spec.baseLatencySeconds, slots.recentLoad(at) / capacity, random()) + wait }
    },
    command(command, at) {
      switch (command.kind) {
        case 'brownOut':
          mode = 'browned-out'
          brownOutTo = command.to
          return
        case 'fail':
          mode = 'failing'
          return
        case 'stop':
          mode = 'stopped'
          return
        case 'recover':
          warmUp = command.warmUp === undefined ? undefined : { ...command.warmUp, since: at }
          mode = 'running'
          brownOutTo = 1
          return
        case 'scale':
          tasks = command.tasks
      }
    },
    mode: () => mode,
    readyTasks: () => (mode === 'stopped' ? 0 : tasks),
    reportedCapacity,
    effectiveCapacity: (at) => (mode === 'failing' ? 0 : effectiveCapacity(at)),
  }
}

/** Grows gently until three quarters are used, then steeply, as queues in front of busy workers do; ±20 % jitter. */
function serviceSeconds(baseSeconds: number, utilisation: number, jitter: number): number {
  const busy = Math.min(utilisation, 0.97)
  return baseSeconds * (1 + (busy * busy) / (2 * (1 - busy))) * (0.8 + 0.4 * jitter)
}

function warmth(warmUp: (WarmUp & { readonly since: number }) | undefined, at: number): number {
  if (warmUp === undefined || warmUp.seconds <= 0) return 1
  const progress = Math.min(1, Math.max(0, at - warmUp.since) / warmUp.seconds)
  return warmUp.fromFraction + (1 - warmUp.fromFraction) * progress
}
