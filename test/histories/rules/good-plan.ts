// Invariant 10. A plan is good when it stood in sync for a dead time with no provider bad; it is kept, with every health check it names.
import { deadTimeSeconds } from '#model/policy.ts'
import { recordKey, sameRecords } from '#model/record-identity.ts'
import { fails } from '../world/view.ts'
import type { Rule } from './rule.ts'

export const goodPlan: Rule = {
  name: 'good-plan',
  kept: (good, before, { model, configuration, clouds, nowSeconds }) => {
    const { hostname } = good
    const write = model.writes
      .get(hostname)
      ?.findLast(({ fence }) => fence.generation === good.fence.generation && fence.sequence === good.fence.sequence)
    if (write === undefined) return `${hostname}: what was kept as good was never written`
    const touched = good.members.some((record) => model.membersTouched.has(`${hostname} ${recordKey(record)}`))
    if (!touched && !sameRecords(write.members, good.members))
      return `${hostname}: what was kept as good is not what was written under its fence`
    const ttlSeconds = configuration.hostnames.find((policy) => policy.hostname === hostname)?.ttlSeconds ?? 0
    const dead = deadTimeSeconds(configuration.policy.timing, ttlSeconds)
    const stood = nowSeconds - write.inSyncAt
    if (stood < dead) return `${hostname}: kept as good after ${stood} s in sync, a dead time is ${dead} s`
    if (before !== undefined && good.previous === undefined) return `${hostname}: the good plan before was forgotten`
    // Only what was published and closed a lag ago could be known.
    const known = nowSeconds - configuration.policy.timing.metricLagSeconds
    const bad = clouds.all.find(({ minutes }) =>
      minutes.some((minute) => minute.at >= nowSeconds - dead && minute.at + 60 <= known && (minute.probe === 0 || fails(minute))),
    )
    return bad === undefined ? undefined : `${hostname}: kept as good although ${bad.setup.name} was bad within the last ${dead} s`
  },
}

export const cleanUp: Rule = {
  name: 'clean-up',
  removedCheck: (id, { model }) => {
    for (const [hostname, good] of model.good) {
      const named = [...good.members, ...(good.previous?.members ?? [])].find(({ healthCheckId }) => healthCheckId === id)
      if (named !== undefined) return `health check ${id} was removed although the last good plan of ${hostname} names it`
    }
    return undefined
  },
}
