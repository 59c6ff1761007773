// A good end: what is broken is mended, what was forgotten is found, and nothing happens for a while.
import { editByHand } from './hands.ts'
import { recover, renewCheck } from './mend.ts'
import { checkOf } from './ports.ts'
import { sweep, ticks } from './turns.ts'
import type { World } from './world.ts'

export async function calm(world: World, count: number): Promise<number> {
  world.zone.endFaults()
  world.paused.length = 0
  for (const cloud of world.clouds.all) {
    recover(cloud)
    if (!world.healthChecks.has(checkOf(world, cloud.setup.name))) renewCheck(world, cloud.setup.name)
  }
  for (const { hostname } of world.setup.hostnames) editByHand(world, hostname, 'remove-strangers', 0, 0)
  const done = await ticks(world, 2)
  await sweep(world, 'at-once', { kind: 'whole' })
  world.count('calms')
  return done + 2 + (await ticks(world, count))
}
