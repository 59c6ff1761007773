// Invariant 2. A provider that is down behind its red check keeps no more than the return weight, unless the checks themselves are doubted,
// or what fails elsewhere for want of room waits there for its return (control.md, section 3).
import { shareOf } from '../world/shares.ts'
import { pastOf } from '../world/view.ts'
import type { World } from '../world/world.ts'
import { intended, type Rule } from './rule.ts'

/** A fall of less than a point is not worth a write; weights round by 0.2. */
const TOLERANCE = 0.013
/** What was decided a moment ago rested on slightly other figures. */
const LITTLE = 0.1

export const panic: Rule = {
  name: 'panic',
  decided: ({ set, providers, notices, isChange, cause }, run, { model, configuration, setup }) => {
    // What another run has stored meanwhile is not what this one decided by; a pin is bound by the decision of its set.
    if (!run.isAlone || run.kind !== 'tick' || set.startsWith('hostname:')) return undefined
    const { estimator, guards } = configuration.policy
    const memories = providers.flatMap(({ provider }) => model.providers.get(provider) ?? [])
    const red = memories.filter(({ redSince }) => redSince !== undefined).length
    const nominal = (some: typeof memories) => some.reduce((sum, memory) => sum + memory.nominal, 0)
    const left = nominal(memories.filter(({ isDown }) => !isDown))
    const isDue = (red >= 2 || red === memories.length) && left < estimator.panicBelow * nominal(memories)
    const isSaid = notices.some(({ code }) => code === 'panic')
    if (isDue !== isSaid)
      return `${set}: ${red} checks are red, ${left.toFixed(0)} of ${nominal(memories).toFixed(0)} requests/s are left, and panic is ${isSaid ? '' : 'not '}declared`
    // Who may have no more than the return weight keeps that; who never reported any capacity has nothing to keep.
    const hasNothing = (name: string) =>
      setup.clouds.some((cloud) => cloud.name === name && cloud.maxShare <= guards.returnWeight) ||
      (model.providers.get(name)?.nominal ?? 0) <= 0
    const dropped = providers.find(
      ({ provider, condition, role }) => condition.kind === 'down' && condition.isRed && role !== 'serving' && !hasNothing(provider),
    )
    return isSaid && isChange && cause === 'panic' && dropped !== undefined ? `${set}: in panic ${dropped.provider} is not kept` : undefined
  },
  adopted: ({ run, after, before }, world) => {
    const { seen } = run
    if (seen === undefined || before === undefined || Object.keys(after.shares).length === 0) return undefined
    const { estimator, guards, timing } = world.configuration.policy
    const longRed = world.setup.clouds
      .map(({ name }) => name)
      .filter((name) => (seen.get(name)?.redForSeconds ?? 0) > estimator.downAfterSeconds + 2 * timing.tickSeconds)
    for (const name of longRed) {
      const share = after.shares[name] ?? 0
      const wasDrained = after.drained?.includes(name) === true
      if (share <= guards.returnWeight + TOLERANCE || wasDrained || mayPanic(longRed, world, seen) || isAwaited(name, world)) continue
      if (nobodyElse(name, world, after.drained)) continue
      return `${name} has been red for ${seen.get(name)?.redForSeconds} s and keeps a share of ${share.toFixed(3)}, with no reason to doubt the checks`
    }
    return undefined
  },
  written: (written, world) => {
    const { run, swap, cause } = written
    if (cause === 'rollback' || run.kind === 'broken-plan' || run.seen === undefined) return undefined
    const { estimator, guards, timing } = world.configuration.policy
    const { seen } = run
    const longRed = world.setup.clouds
      .map(({ name }) => name)
      .filter((name) => (seen.get(name)?.redForSeconds ?? 0) > estimator.downAfterSeconds + 2 * timing.tickSeconds)
    // What a hand has changed meanwhile is not what this run wanted.
    const members = intended(written)
    const drained = [...run.overrides, ...world.model.overrides.values()].flatMap((one) => (one.kind === 'drain' ? [one.provider] : []))
    const over = longRed.find((name) => {
      const share = shareOf(members, swap.hostname, name)
      if (isAwaited(name, world)) return false
      // A table that was lost begins from what stands: whatever led to it is no longer known, and it is raised for nobody.
      if (cause === 'repair' && share <= shareOf(written.before.members, swap.hostname, name) + TOLERANCE) return false
      return share > guards.returnWeight + 2 * TOLERANCE && !mayPanic(longRed, world, seen) && !nobodyElse(name, world, drained)
    })
    return over === undefined
      ? undefined
      : `${swap.hostname}: ${over} is down and red, and was written with a share of ${shareOf(members, swap.hostname, over).toFixed(3)}`
  },
}

/** Two or more are red, or all; and so much capacity is gone with them that it may be less than half. */
function mayPanic(
  longRed: readonly string[],
  { setup, model, clouds }: World,
  seen: ReadonlyMap<string, { readonly probe: string }>,
): boolean {
  const red = setup.clouds.filter(({ name }) => seen.get(name)?.probe === 'red' || model.providers.get(name)?.redSince !== undefined)
  if (red.length < 2 && red.length < setup.clouds.length) return false
  const nominal = (name: string) => model.providers.get(name)?.nominal ?? setup.clouds.find((one) => one.name === name)?.rating ?? 0
  const down = (name: string) => longRed.includes(name) || model.providers.get(name)?.isDown === true
  const total = clouds.all.reduce((sum, cloud) => sum + nominal(cloud.setup.name), 0)
  const left = clouds.all.reduce((sum, cloud) => sum + (down(cloud.setup.name) ? 0 : nominal(cloud.setup.name)), 0)
  return left < 0.55 * total
}

/** Every other one is down or drained as well: then nothing better is known, and the shares stay. */
function nobodyElse(name: string, { setup, model }: World, drained: readonly string[] = []): boolean {
  return setup.clouds.every(
    (other) => other.name === name || drained.includes(other.name) || model.providers.get(other.name)?.isDown === true,
  )
}

/** Somebody in service has failed lately, and what is known of those in service leaves no room for everything. */
function isAwaited(name: string, { clouds, model, nowSeconds, configuration, setup }: World): boolean {
  const others = clouds.all.filter((cloud) => cloud.setup.name !== name)
  if (!others.some((cloud) => pastOf(cloud, 900, nowSeconds).everFailed)) return false
  const drained = [...model.overrides.values()].flatMap((one) => (one.kind === 'drain' ? [one.provider] : []))
  const memories = [...model.providers.values()]
  const demand = memories.reduce((sum, { load }) => sum + (load?.value ?? 0), 0)
  const inService = memories.filter(({ provider, isDown, redSince }) => !isDown && redSince === undefined && !drained.includes(provider))
  const room = inService.reduce((sum, { provider, capacity, nominal, limit }) => {
    const maxShare = setup.clouds.find((cloud) => cloud.name === provider)?.maxShare ?? 1
    return sum + Math.min(capacity?.value ?? nominal, limit ?? Infinity, maxShare > 0 ? maxShare * demand : Infinity)
  }, 0)
  return demand > (configuration.policy.estimator.fill - LITTLE) * room
}
