// Makes one step of a history happen.
import type { TickEvent } from '#model/tick-event.ts'
import type { Fate, OperatorWish, Step } from '../history.ts'
import { at } from './at.ts'
import { breakPlan } from './break-plan.ts'
import { calm } from './calm.ts'
import type { Cloud } from './clouds.ts'
import { editByHand } from './hands.ts'
import { lose, recover, renewCheck } from './mend.ts'
import { operatorEvent } from './operator-event.ts'
import { race } from './race.ts'
import { carryOn, carryOnUnder, startBrokenPlan, startTick } from './start-run.ts'
import { sweep, ticks } from './turns.ts'
import { advance, type World } from './world.ts'

const NONSENSE = { NaN: Number.NaN, negative: -5, infinite: Number.POSITIVE_INFINITY, huge: 1e12 }

/** How many steps this was: many ticks are many. 0 when there was nothing to do. */
export async function perform(world: World, step: Step): Promise<number> {
  const cloudAt = (index: number): Cloud => at(world.clouds.all, index)
  const hostnameAt = (index: number) => at(world.setup.hostnames, index).hostname
  // Whatever is not a tick may be news for the next one.
  if (!['tick', 'ticks', 'wait'].includes(step.kind)) world.model.hasSettled = false
  switch (step.kind) {
    case 'tick': {
      advance(world, step.afterSeconds)
      const time = world.nowSeconds - step.lateSeconds
      const event: TickEvent =
        step.source === 'alarm' ? { source: 'alarm', time, alarmName: 'any', state: 'ALARM' } : { source: 'schedule', time }
      for (let copy = 0; copy < step.copies; copy++) await carryOn(world, await startTick(world, event, { fate: step.fate }))
      return step.copies
    }
    case 'ticks':
      return ticks(world, step.count)
    case 'sweep':
      return sweep(world, step.delivery, step.fate)
    case 'race':
      world.count('races')
      return race(world, step)
    case 'resume': {
      const run = world.paused.splice(step.which % Math.max(1, world.paused.length), 1)[0]
      if (run === undefined) return 0
      world.count('late writers')
      await carryOnUnder(world, run, step.fate)
      return 1
    }
    case 'wait':
      advance(world, step.seconds)
      return 1
    case 'fail': {
      const cloud = cloudAt(step.cloud)
      world.count('failovers begun')
      if (step.how === 'empty') cloud.claim = cloud.truth = 0
      else cloud.isRed = true
      if (step.how !== 'false-alarm') cloud.isDead = true
      if (step.how === 'dead-and-silent') for (const signal of ['capacity', 'load', 'errors'] as const) cloud.silent.add(signal)
      return 1
    }
    case 'recover':
      world.count('recoveries')
      recover(cloudAt(step.cloud), step.isSilent)
      return 1
    case 'brownout':
      world.count('brownouts')
      cloudAt(step.cloud).truth = step.part
      return 1
    case 'faulty':
      world.count('brownouts')
      cloudAt(step.cloud).failRatio = step.ratio
      return 1
    case 'drift': {
      const cloud = cloudAt(step.cloud)
      world.count('drifts')
      cloud.truth = cloud.claim = step.part
      return 1
    }
    case 'demand':
      world.clouds.clients.demand = step.fullness * world.clouds.ratings
      return 1
    case 'silence':
      world.count('blackouts')
      for (const [index, cloud] of world.clouds.all.entries())
        if (step.cloud < 0 || index === step.cloud % world.clouds.all.length) for (const signal of step.signals) cloud.silent.add(signal)
      return 1
    case 'speak':
      for (const cloud of world.clouds.all) {
        cloud.silent.clear()
        cloud.nonsense.clear()
      }
      return 1
    case 'nonsense':
      world.count('nonsense')
      cloudAt(step.cloud).nonsense.set(step.signal, NONSENSE[step.value])
      return 1
    case 'operator':
      world.count(`operators (${step.wish.action})`)
      return operator(world, step.wish, step.fate)
    case 'hand': {
      const isDone = editByHand(world, hostnameAt(step.hostname), step.edit, step.member, step.value)
      if (isDone) world.count('hand edits')
      return isDone ? 1 : 0
    }
    case 'fight': {
      let done = 0
      const edit = step.isDeleting ? 'delete-all' : 'weight'
      for (const weight of step.weights) {
        if (world.violation !== undefined || !editByHand(world, hostnameAt(step.hostname), edit, step.member, weight)) return done
        world.count('hand edits')
        done += 1 + (await sweep(world, 'at-once', { kind: 'whole' }))
      }
      return done
    }
    case 'route53':
      return breakRoute53(world, step.fault, step.times)
    case 'lose':
      world.count('losses of the table')
      lose(world, step.what)
      return 1
    case 'redeploy': {
      world.count('redeployments')
      renewCheck(world, cloudAt(step.cloud).setup.name)
      return 1
    }
    case 'broken-plan': {
      const plan = breakPlan(world, await observedOf(world, hostnameAt(step.hostname)), step.how)
      if (plan === undefined) return 0
      world.count('broken plans')
      await carryOn(world, await startBrokenPlan(world, plan))
      return 1
    }
    case 'calm':
      return calm(world, step.ticks)
  }
}

async function operator(world: World, wish: OperatorWish, fate: Fate): Promise<number> {
  await carryOn(world, await startTick(world, operatorEvent(world, wish), { fate }))
  return 1
}

function breakRoute53({ zone: { faults } }: World, fault: Extract<Step, { kind: 'route53' }>['fault'], times: number): number {
  switch (fault) {
    case 'throttled':
      faults.throttled = times
      return 1
    case 'prior-request':
      faults.priorRequest = times
      return 1
    case 'lost-answer':
      faults.lostAnswer = times
      return 1
    case 'list-fails':
      faults.listFails = times
      return 1
    case 'slow-sync':
      faults.syncSeconds = 60 * times
      return 1
  }
}

async function observedOf(world: World, hostname: string) {
  return (await world.stores.records.get(hostname))?.observed ?? world.zone.standing(hostname)
}
