// Invariant 3. After every write somebody has weight; automation leaves two where two may serve.
import { pinOf } from '#model/override.ts'
import { weightOf } from '../world/shares.ts'
import { pastOf } from '../world/view.ts'
import type { World } from '../world/world.ts'
import { intended, type Rule, type Written } from './rule.ts'

/** A cloud that has been well for this long may serve, whatever the estimator still doubts. */
const WELL_SECONDS = 2_400

export const neverEmpty: Rule = {
  name: 'never-empty',
  written: (written, world) => {
    const { swap } = written
    const members = intended(written)
    if (members.length === 0) return `${swap.hostname}: no record is left`
    for (const type of new Set(members.map((record) => record.type))) {
      const some = world.setup.clouds.filter(({ name }) => weightOf(members, swap.hostname, name, type) > 0)
      if (some.length === 0) return `${swap.hostname} ${type}: every weight is 0`
      const needed = Math.min(2, wellSince(written, world).length)
      if (some.length < needed) return `${swap.hostname} ${type}: only ${some[0]?.name} has weight although ${needed} and more may serve`
    }
    return undefined
  },
}

/** Clouds that nothing could be said against for a long time; none where a person decides. */
function wellSince({ run, swap, cause }: Written, { clouds, nowSeconds, model }: World): string[] {
  const isHeld = cause === 'override' || cause === 'rollback' || pinOf(run.overrides, swap.hostname) !== undefined
  if (isHeld || nowSeconds - model.memoryLostAt < WELL_SECONDS) return []
  return clouds.all
    .filter((cloud) => {
      const past = pastOf(cloud, WELL_SECONDS, nowSeconds)
      const wasDrained = run.overrides.some((override) => override.kind === 'drain' && override.provider === cloud.setup.name)
      const isUpper = cloud.setup.maxShare > 0
      return isUpper && !wasDrained && !past.wasEverRed && !past.everFailed && !past.everSilent && past.leastCapacity > 0
    })
    .map(({ setup }) => setup.name)
    .filter((name) => [...model.sets.values()].every(({ drained = [] }) => !drained.includes(name)))
}
