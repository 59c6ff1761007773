// Section 5. Pins, pauses and drains hold: whoever plans, what an operator said is what stands, as far as health and capacity allow.
import { isInForce, pauseOf, pinOf } from '#model/override.ts'
import type { Run } from '../world/run.ts'
import { shareOf } from '../world/shares.ts'
import type { Rule } from './rule.ts'

const ROUNDING = 0.006

export const pause: Rule = {
  name: 'pause',
  sent: ({ run, swap }, { configuration, model, nowSeconds }) => {
    const policy = configuration.hostnames.find(({ hostname }) => hostname === swap.hostname)
    if (policy?.mode !== 'enforce') return `${swap.hostname}: a batch was sent although the hostname is only observed`
    const cause = swap.comment.split(' ').at(-1)
    const pauseThen = pauseOf(run.overrides, swap.hostname)
    if (pauseThen === undefined || cause === 'override' || cause === 'rollback') return undefined
    // Whoever reads the overrides after a resume may write, though the pause stood when it began.
    const pauseNow = pauseOf([...model.overrides.values()], swap.hostname)
    return pauseNow === undefined || !isInForce(pauseNow, nowSeconds)
      ? undefined
      : `${swap.hostname}: a batch (${cause}) was sent although the hostname is paused`
  },
}

export const pin: Rule = {
  name: 'pin',
  written: ({ run, swap, before, cause, plan }, { model, nowSeconds }) => {
    const { hostname } = swap
    const held = pinOf([...model.overrides.values()], hostname)
    const isByPerson = cause === 'panic' || run.kind === 'broken-plan' || cause === 'override' || cause === 'rollback'
    if (held === undefined || isByPerson || !isInForce(held, nowSeconds) || (before.fence?.generation ?? 0) < held.generation)
      return undefined
    // A repair may restore what the hold itself had written.
    if (plan?.decided?.generation === held.generation) return undefined
    const drained = [...model.overrides.values()].flatMap((one) => (one.kind === 'drain' ? [one.provider] : []))
    const pinned = Object.entries(held.shares).filter(([name, share]) => share > 0 && !drained.includes(name))
    // When none of the pinned may serve, the signals decide.
    if (pinned.every(([name]) => model.providers.get(name)?.isDown !== false)) return undefined
    return `${hostname}: a write (${cause}) replaced the shares that generation ${held.generation} holds`
  },
  decided: (decision, run, world) => {
    const hostname = decision.set.startsWith('hostname:') ? decision.set.slice('hostname:'.length) : undefined
    const held = hostname === undefined ? undefined : pinOf(run.overrides, hostname)
    if (hostname === undefined || held === undefined || isUncertain(run, hostname)) return undefined
    const { demand = 0, providers } = decision
    const fits = providers.every(
      ({ provider, role, capacityEstimate }) =>
        (held.shares[provider] ?? 0) === 0 || (role === 'serving' && demand * (held.shares[provider] ?? 0) <= capacityEstimate),
    )
    const total = Object.values(held.shares).reduce((sum, share) => sum + share, 0)
    const isMarked = providers.some(({ role }) => role === 'withheld')
    if (!fits || isMarked || total <= 0) return undefined
    const { members } = world.zone.standing(hostname)
    const wrong = providers.find(
      ({ provider }) => Math.abs(shareOf(members, hostname, provider) - (held.shares[provider] ?? 0) / total) > ROUNDING,
    )
    if (wrong === undefined || !run.plans.some((plan) => plan.hostname === hostname)) return undefined
    const share = shareOf(members, hostname, wrong.provider)
    return `${hostname}: pinned ${wrong.provider} at ${(held.shares[wrong.provider] ?? 0).toFixed(3)} and it stands at ${share.toFixed(3)}`
  },
}

export const drain: Rule = {
  name: 'drain',
  ended: (run, world) => {
    if (run.kind !== 'tick' || run.report?.kind !== 'done' || !run.isAlone) return undefined
    const { setup, zone, model } = world
    for (const { hostname } of setup.hostnames) {
      if (
        isUncertain(run, hostname) ||
        pinOf(run.overrides, hostname) !== undefined ||
        !run.plans.some((plan) => plan.hostname === hostname)
      )
        continue
      const drained = run.overrides.flatMap((one) => (one.kind === 'drain' ? [one.provider] : []))
      const others = setup.clouds.filter(({ name }) => !drained.includes(name) && model.providers.get(name)?.isDown === false)
      const kept = drained.find((name) => shareOf(zone.standing(hostname).members, hostname, name) > 0)
      if (others.length > 0 && kept !== undefined)
        return `${hostname}: ${kept} is drained and has a share of ${shareOf(zone.standing(hostname).members, hostname, kept).toFixed(3)}`
    }
    return undefined
  },
}

/** Something else than the decision may say what stands: a refusal, a fault, an event that ends an override. */
function isUncertain(run: Run, hostname: string): boolean {
  const outcome = run.outcomes.findLast((one) => one.hostname === hostname)
  return !run.isAlone || !run.knewAll || run.faultsPending || run.event?.source !== 'schedule' || outcome?.kind !== 'applied'
}
