// A set of clouds that is decided on tick after tick: the memory is carried on, the time moves a minute at a time.
import { decide } from '#decision/decide.ts'
import type { DecisionOutput } from '#decision/decision-input.ts'
import type { Decision, ProviderDecision } from '#model/decision.ts'
import type { ShareBounds } from '#model/hostname.ts'
import type { Override } from '#model/override.ts'
import { Policy } from '#model/policy.ts'
import type { ProviderSignals, Signal } from '#model/signal.ts'
import { aProvider } from './configuration.ts'

export type Reported = {
  capacity?: number | 'missing'
  load?: number | 'missing'
  errors?: number | 'missing'
  utilisation?: number
  probe?: 'green' | 'red' | 'unknown'
}

export type TickOptions = {
  /** Since the tick before. */
  elapsedSeconds?: number
  overrides?: readonly Override[]
  /** The metrics have not moved on since the tick before. */
  isSameWindow?: boolean
}

const START = 1_700_000_040

/** @param ratings by provider, requests/s; each reports its rating as capacity, 60 % of it as load and no errors unless a tick says otherwise */
export function steering(
  ratings: Record<string, number>,
  {
    bounds = {},
    policy = Policy.parse({}),
    ttlSeconds = 60,
  }: { bounds?: Record<string, ShareBounds>; policy?: Policy; ttlSeconds?: number } = {},
) {
  let memory: DecisionOutput['memory'] | undefined
  let now = START
  let windowEnd = START - 60
  const since = new Map<string, { state: string; at: number }>()
  return {
    now: () => now,
    memory: () => memory,
    tick(
      reported: Record<string, Reported> = {},
      { elapsedSeconds = 60, overrides = [], isSameWindow = false }: TickOptions = {},
    ): Decision {
      now += elapsedSeconds
      if (!isSameWindow) windowEnd = Math.floor((now - policy.timing.metricLagSeconds) / 60) * 60
      const signals = Object.entries(ratings).map(([name, rating]): ProviderSignals => {
        const said = { capacity: rating, load: 0.6 * rating, errors: 0, probe: 'green' as const, ...reported[name] }
        if (since.get(name)?.state !== said.probe) since.set(name, { state: said.probe, at: now })
        return {
          provider: name,
          probes: [
            {
              endpoint: 'edge',
              fraction: aSignal(said.probe === 'red' ? 0 : 1, now),
              state: said.probe,
              since: since.get(name)?.at ?? now,
            },
          ],
          capacity: said.capacity === 'missing' ? MISSING : aSignal(said.capacity, windowEnd),
          load: said.load === 'missing' ? MISSING : aSignal(said.load, windowEnd),
          errors: said.errors === 'missing' ? MISSING : aSignal(said.errors, windowEnd),
          utilisation: said.utilisation === undefined ? NOT_CONFIGURED : aSignal(said.utilisation, windowEnd),
          latency: NOT_CONFIGURED,
        }
      })
      const output = decide({
        set: Object.keys(ratings).toSorted().join('+'),
        providers: Object.entries(ratings).map(([name, rating]) => ({
          provider: aProvider({ name, rating }),
          bounds: bounds[name] ?? { minShare: 0, maxShare: 1 },
        })),
        signals,
        memory: { providers: memory?.providers ?? {}, set: memory?.set },
        overrides,
        policy,
        ttlSeconds,
        nowSeconds: now,
      })
      memory = output.memory
      return output.decision
    },
  }
}

export const MISSING: Signal = { state: 'missing', why: 'stale' }
const NOT_CONFIGURED: Signal = { state: 'missing', why: 'not-configured' }

export function aSignal(value: number, observedAt: number, windowSeconds = 60): Signal {
  return { state: 'present', value, observedAt, windowSeconds, samples: 1 }
}

/** The decision on one provider. */
export function of(decision: Decision, provider: string): ProviderDecision {
  const found = decision.providers.find((one) => one.provider === provider)
  if (found === undefined) throw new Error(`${provider} is not in the decision on ${decision.set}`)
  return found
}

export function sharesOf(decision: Decision): Record<string, number> {
  return Object.fromEntries(decision.providers.map(({ provider, share }) => [provider, share]))
}

type Drain = Extract<Override, { kind: 'drain' }>

/** Ticks until nothing changes any more, so that a test begins with a settled set. */
export function settle(set: ReturnType<typeof steering>, ticks = 12): Decision {
  return repeated(ticks, () => set.tick())
}

/** Ticks in which the clients spread as the last decision said: `demand` requests/s in all. */
export function serve(set: ReturnType<typeof steering>, demand: number, ticks = 1, reported: Record<string, Reported> = {}): Decision {
  return repeated(ticks, () => {
    const shares = set.memory()?.set.shares ?? {}
    const loads = Object.entries(shares).map(([name, share]): [string, Reported] => [name, { load: demand * share, ...reported[name] }])
    return set.tick(Object.fromEntries(loads))
  })
}

function repeated(ticks: number, tick: () => Decision): Decision {
  let decision = tick()
  for (let i = 1; i < ticks; i++) decision = tick()
  return decision
}

export function aDrain(provider: string, overrides: Partial<Drain> = {}): Drain {
  return {
    kind: 'drain',
    provider,
    author: 'arn:aws:iam::123456789012:user/operator',
    reason: 'maintenance',
    createdAt: 0,
    expiresAt: Number.MAX_SAFE_INTEGER,
    ...overrides,
  }
}
