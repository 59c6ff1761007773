// What breaks a world and what mends it.
import type { Cloud } from './clouds.ts'
import { withNewCheck } from './configuration.ts'
import { checkOf } from './ports.ts'
import type { World } from './world.ts'

export function lose({ setup, stores, model, nowSeconds }: World, what: 'records' | 'memory' | 'table'): void {
  stores.lose(what)
  // Without its receipts the table cannot tell what an earlier tick left over from what a hand did.
  if (what !== 'memory')
    for (const { hostname } of setup.hostnames) model.handEdits.set(hostname, [...(model.handEdits.get(hostname) ?? []), nowSeconds])
  if (what !== 'memory') {
    model.strangersKnown.clear()
    model.overAnother.clear()
    model.remembered.clear()
  }
  if (what === 'records') return
  if (what === 'table') {
    model.good.clear()
    model.overrides.clear()
  }
  model.sets.clear()
  model.providers.clear()
  model.removals.clear()
  model.memoryLostAt = nowSeconds
}

export function renewCheck(world: World, cloud: string): void {
  const [, number = '1'] = checkOf(world, cloud).split('~')
  const healthCheckId = `hc-${cloud}~${Number(number) + 1}`
  world.healthChecks.set(healthCheckId, world.nowSeconds)
  world.configuration = withNewCheck(world.configuration, cloud, healthCheckId)
}

export function recover(cloud: Cloud, isSilent = false): void {
  Object.assign(cloud, { truth: 1, claim: 1, failRatio: 0, isRed: false, isDead: false })
  if (isSilent) cloud.silent.delete('probe')
  else cloud.silent.clear()
  cloud.nonsense.clear()
}
