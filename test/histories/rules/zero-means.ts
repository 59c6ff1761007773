// Invariant 13. Weight 0 means what policy says: drained, without capacity behind a green check, in a closed tier, or pinned to 0.
import { pinOf } from '#model/override.ts'
import { weightOf } from '../world/shares.ts'
import { isValid } from '../world/view.ts'
import { intended, type Rule } from './rule.ts'

export const zeroMeans: Rule = {
  name: 'zero-means',
  // Whoever is said to be withheld counts as having nothing, and no pin may give it more: only its own red check may say so.
  decided: ({ set, providers }) => {
    const wrong = providers.find(
      ({ role, condition }) => role === 'withheld' && !(condition.isRed && ['down', 'drained'].includes(condition.kind)),
    )
    return wrong === undefined ? undefined : `${set}: ${wrong.provider} counts as withheld although it is ${wrong.condition.kind}`
  },
  written: (written, { setup, model, configuration, nowSeconds }) => {
    const { run, swap, cause, plan } = written
    const pin = pinOf(run.overrides, swap.hostname) ?? pinOf([...model.overrides.values()], swap.hostname)
    const policy = configuration.hostnames.find(({ hostname }) => hostname === swap.hostname)
    const request = run.event?.source === 'operator' ? run.event.request : undefined
    const asks = request?.action
    // A person's shares, old and new, may be 0 anywhere; a rollback restores what stood.
    if (policy === undefined || pin !== undefined || cause === 'rollback' || asks === 'pin' || asks === 'unpin') return undefined
    for (const { name } of setup.clouds) {
      if (weightOf(intended(written), swap.hostname, name) > 0) continue
      // What a broken caller says of a decision, apply cannot know better.
      const isClaimed = run.kind === 'broken-plan' && plan?.evidence.zero.includes(name) === true
      // A drain that stopped before its write may have ended since; where nobody wrote meanwhile, no fence can know.
      const isOwnDrain = request?.action === 'drain' && request.provider === name
      // A run that another overtook since it read carries out what stood then; the other plans again.
      const sets = [...model.sets.values(), ...(run.decision < model.decision ? model.setsBefore.values() : [])]
      const isDecided = isClaimed || isOwnDrain || sets.some(({ shares }) => shares[name] === 0)
      if (!isDecided) return `${swap.hostname}: ${name} was written with weight 0 at ${nowSeconds}, which nobody decided`
    }
    return undefined
  },
  adopted: ({ run, before, after }, { setup, clouds, model, zone }) => {
    const hadNoMemory = Object.keys(before?.shares ?? {}).length === 0
    for (const { name, maxShare } of setup.clouds) {
      if (after.shares[name] !== 0 || maxShare === 0) continue
      const wasDrained = after.drained?.includes(name) || run.overrides.some((one) => one.kind === 'drain' && one.provider === name)
      const memory = model.providers.get(name)
      const cloud = clouds.all.find((one) => one.setup.name === name)
      const hadNothing = cloud?.minutes.slice(-60).some(({ capacity }) => isValid(capacity) && capacity === 0)
      // A set without memory begins from what stands, for a dead time: as the last write left it, until a sweep has seen what a hand made of it.
      const stood = (hostname: string) => [
        zone.standing(hostname).members,
        ...(model.writes.get(hostname) ?? []).slice(-1).map(({ members }) => members),
      ]
      const isFound =
        hadNoMemory && setup.hostnames.some(({ hostname }) => stood(hostname).some((members) => weightOf(members, hostname, name) === 0))
      if (!isFound && !wasDrained && !hadNothing && memory?.isDown !== true && model.sets.get(after.set)?.shares[name] !== 0)
        return `${name} was decided to get nothing although it is neither drained, nor without capacity, nor in a closed tier`
    }
    return undefined
  },
}
