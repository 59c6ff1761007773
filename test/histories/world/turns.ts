// The schedule: ticks every minute, sweeps with what they hand over.
import type { Fate } from '../history.ts'
import { carryOn, startSweep, startTick } from './start-run.ts'
import { advance, type World } from './world.ts'

const MINUTE = 60

export async function ticks(world: World, count: number): Promise<number> {
  for (let index = 0; index < count && world.violation === undefined; index++) {
    advance(world, MINUTE)
    await deliver(world)
    await carryOn(world, await startTick(world, { source: 'schedule', time: world.nowSeconds }))
  }
  return count
}

export async function sweep(world: World, delivery: 'at-once' | 'late' | 'lost', fate: Fate): Promise<number> {
  await carryOn(world, await startSweep(world, { fate }))
  if (delivery === 'lost') world.inbox.length = 0
  return delivery === 'at-once' ? 1 + (await deliver(world)) : 1
}

/** Asynchronous invocations arrive some time, each as a run of its own. */
async function deliver(world: World): Promise<number> {
  const events = world.inbox.splice(0)
  for (const event of events) await carryOn(world, await startTick(world, event))
  return events.length
}
