// What an operator wishes, as the event that rebalance gets.
import type { TickEvent } from '#model/tick-event.ts'
import type { OperatorWish } from '../history.ts'
import { at } from './at.ts'
import type { World } from './world.ts'

export function operatorEvent(world: World, wish: OperatorWish): TickEvent {
  const { nowSeconds: time, setup } = world
  const reason = 'a random history'
  const expiresAt = time + wish.forSeconds
  const hostname = (index: number) => at(setup.hostnames, index).hostname
  const event = (request: Extract<TickEvent, { source: 'operator' }>['request']): TickEvent => ({
    source: 'operator',
    time,
    author: 'operator',
    dryRun: false,
    request,
  })
  switch (wish.action) {
    case 'drain':
      return event({ action: 'drain', provider: at(setup.clouds, wish.cloud).name, reason, expiresAt })
    case 'undrain':
      return event({ action: 'undrain', provider: at(setup.clouds, wish.cloud).name, reason })
    case 'pin':
      return event({ action: 'pin', hostname: hostname(wish.hostname), shares: pinnedShares(world, wish.parts), reason, expiresAt })
    case 'unpin':
      return event({ action: 'unpin', hostname: hostname(wish.hostname), reason })
    case 'rollback':
      return event({ action: 'rollback', hostname: hostname(wish.hostname), reason, expiresAt })
    case 'pause':
      return event({ action: 'pause', hostname: wish.hostname < 0 ? '*' : hostname(wish.hostname), reason, expiresAt })
    case 'resume':
      return event({ action: 'resume', hostname: wish.hostname < 0 ? '*' : hostname(wish.hostname), reason })
  }
}

function pinnedShares({ setup }: World, parts: readonly number[]): Record<string, number> {
  const own = setup.clouds.map((_, index) => parts[index % parts.length] ?? 0)
  const total = own.reduce((sum, part) => sum + part, 0)
  return Object.fromEntries(setup.clouds.map(({ name }, index) => [name, total > 0 ? (own[index] ?? 0) / total : 1 / own.length]))
}
