// Invariant 10. A plan is good when it stood in sync for a dead time with no provider bad; it is kept, with every health check it names.
import type { GoodPlan } from '#model/good-plan.ts'
import { deadTimeSeconds } from '#model/policy.ts'
import { recordKey, sameRecords } from '#model/record-identity.ts'
import { fails, isValid } from '../world/view.ts'
import { PRESUMED_SECONDS } from '../world/zone.ts'
import type { Rule } from './rule.ts'

export const goodPlan: Rule = {
  name: 'good-plan',
  kept: (good, before, run, { model, configuration, clouds, nowSeconds }) => {
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
    // What a later run found of one that died has no change id either.
    const presumedAt = model.receiptLostAt >= write.at ? write.at + PRESUMED_SECONDS : Infinity
    const stood = nowSeconds - Math.min(write.inSyncAt, presumedAt)
    if (stood < dead) return `${hostname}: kept as good after ${stood} s in sync, a dead time is ${dead} s`
    const isSame = (one: GoodPlan | GoodPlan['previous']) =>
      one?.fence.sequence === good.fence.sequence && one.fence.generation === good.fence.generation
    if (before !== undefined && !isSame(before) && good.previous === undefined) return `${hostname}: the good plan before was forgotten`
    if (isSame(good.previous)) return `${hostname}: the good plan was kept as its own predecessor, and the one before was forgotten`
    // Only what was published and closed a lag before the run could be known to it.
    const { startedAt } = run.invocation
    const known = startedAt - configuration.policy.timing.metricLagSeconds
    const bad = clouds.all.find(({ minutes }) =>
      minutes.some(
        (minute) =>
          minute.at >= startedAt - dead && minute.at + 60 <= known && (minute.probe === 0 || (isValid(minute.load) && fails(minute))),
      ),
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
