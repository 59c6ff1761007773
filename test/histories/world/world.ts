// Everything one history plays on: clouds, Route 53, the state table, the configuration, the time, and the rules that watch.
import type { Configuration } from '#model/configuration.ts'
import type { TickEvent } from '#model/tick-event.ts'
import type { Setup } from '../history.ts'
import type { Rule } from '../rules/rule.ts'
import { type Clouds, createClouds } from './clouds.ts'
import { configurationOf } from './configuration.ts'
import { createModel, type Model } from './model.ts'
import type { Run } from './run.ts'
import { shareOf } from './shares.ts'
import { createStores } from './stores.ts'
import { createZone, type HistoryZone } from './zone.ts'

export type Violation = { readonly rule: string; readonly sentence: string }

export type World = {
  readonly setup: Setup
  nowSeconds: number
  configuration: Configuration
  readonly clouds: Clouds
  readonly zone: HistoryZone
  readonly stores: ReturnType<typeof createStores>
  readonly model: Model
  /** Existing health checks, with the time they were made (epoch seconds). */
  readonly healthChecks: Map<string, number>
  runs: number
  /** Runs that stopped between two port calls. */
  readonly paused: Run[]
  /** What reconcile handed over and nobody has delivered yet. */
  readonly inbox: TickEvent[]
  readonly rules: readonly Rule[]
  violation: Violation | undefined
  count: (what: string, times?: number) => void
  /** Writes a line of the story; does nothing while nobody reads it. */
  tell: (line: () => string) => void
}

export const START = 1_800_000_030

export function createWorld(setup: Setup, rules: readonly Rule[], count: World['count'], tell: World['tell']): World {
  const healthChecks = new Map(setup.clouds.map(({ name }): [string, number] => [`hc-${name}`, 0]))
  const world: World = {
    setup,
    nowSeconds: START,
    configuration: configurationOf(setup),
    clouds: createClouds(setup, START),
    zone: createZone(
      setup.hostnames.map(({ hostname }) => hostname),
      healthChecks,
      () => world.nowSeconds,
    ),
    stores: createStores(),
    model: createModel(),
    healthChecks,
    runs: 0,
    paused: [],
    inbox: [],
    rules,
    violation: undefined,
    count,
    tell,
  }
  return world
}

/** Time passes; the minutes that close on the way are published. */
export function advance(world: World, seconds: number): void {
  const until = world.nowSeconds + seconds
  for (let minute = Math.floor(world.nowSeconds / 60) * 60; minute + 60 <= until; minute += 60) {
    if (minute + 60 > world.nowSeconds) world.clouds.publish(minute, sharesInRecords(world))
  }
  world.nowSeconds = until
}

/** What the records say of each cloud, in the order of the set-up: the mean over the hostnames. */
function sharesInRecords({ setup, zone }: World): number[] {
  return setup.clouds.map(({ name }) => {
    const shares = setup.hostnames.map(({ hostname }) => shareOf(zone.standing(hostname).members, hostname, name))
    return shares.reduce((sum, share) => sum + share, 0) / shares.length
  })
}

/** Asks every rule; the first that objects ends the history. */
export function ask(world: World, question: (rule: Rule) => string | undefined): void {
  for (const rule of world.rules) {
    if (world.violation !== undefined) return
    const sentence = question(rule)
    if (sentence === undefined) continue
    world.violation = { rule: rule.name, sentence }
    world.tell(() => `      ✗ ${rule.name}: ${sentence}`)
  }
}

/** The table does not hear of a write that was made. */
export function loseReceipt({ model, nowSeconds }: World): void {
  model.receiptLostAt = nowSeconds
  model.unclearWrites.push(nowSeconds)
}
