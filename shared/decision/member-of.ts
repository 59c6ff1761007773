// One provider of the set as the decision sees it: what it reports, what is remembered of it after this window, what stands.
import type { SetMemory } from '#model/memory.ts'
import { isInForce } from '#model/override.ts'
import { advanceProbe } from './advance-probe.ts'
import { advanceWindow, emptyMemory } from './advance-window.ts'
import type { DecisionInput, SetProvider } from './decision-input.ts'
import type { Member } from './member.ts'
import { reading } from './reading.ts'

export function memberOf(
  { provider, bounds }: SetProvider,
  { signals, memory, overrides, policy, nowSeconds }: DecisionInput,
  set: SetMemory | undefined,
  deadSeconds: number,
): Member {
  const { name, rating } = provider
  const read = reading(
    provider,
    signals.find((one) => one.provider === name),
    nowSeconds,
  )
  const known = memory.providers[name] ?? { ...emptyMemory(name, rating), beganAt: nowSeconds }
  const past = advanceProbe(known, read, deadSeconds, nowSeconds)
  return {
    name,
    rating,
    bounds,
    reading: read,
    memory: advanceWindow(past, read, { estimator: policy.estimator, guards: policy.guards, deadSeconds }),
    drain: overrides.find((one) => one.kind === 'drain' && one.provider === name && isInForce(one, nowSeconds)),
    standing: set?.shares[name],
  }
}
