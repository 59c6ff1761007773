// The fluid model: clients behind resolvers that keep answers, providers that fail what they cannot serve, and Route 53's health checks.
import { createCache } from './caches.ts'
import { type Scenario, type ScenarioProvider, valueAt } from './scenario.ts'

/** From a change until all of Route 53 answers it. */
export const PROPAGATION_SECONDS = 10

export type CheckSettings = { readonly intervalSeconds: number; readonly threshold: number }

/** One second of the world, per provider. */
export type Second = {
  readonly load: readonly number[]
  readonly failing: readonly number[]
  readonly capacity: readonly number[]
  readonly isRed: readonly boolean[]
}

export type World = {
  /** Weights as written now; answered after the propagation. */
  write(weights: readonly number[], at: number): void
  /** Advances to `at` (seconds after the event) and tells what happened in the second before it. */
  step(at: number): Second
}

/** @param start seconds after the event (negative) at which the world begins, in balance with `weights` */
export function createWorld(
  scenario: Scenario,
  weights: readonly number[],
  start: number,
  check: CheckSettings,
  random: () => number = () => 0,
): World {
  const { providers } = scenario
  const checks = providers.map((provider) => createCheck(provider, start, check))
  let answered = weights
  let pending: { readonly weights: readonly number[]; readonly from: number }[] = []
  const caches = scenario.resolvers.map(([ttlSeconds, part]) =>
    createCache(
      scenario.model,
      ttlSeconds,
      part,
      random,
      answers(
        weights,
        checks.map(() => false),
        providers,
      ),
    ),
  )
  return {
    write: (next, at) => {
      pending.push({ weights: next, from: at + PROPAGATION_SECONDS })
    },
    step: (at) => {
      for (const change of pending) if (change.from <= at) answered = change.weights
      pending = pending.filter(({ from }) => from > at)
      const isRed = checks.map((probe) => probe(at))
      const now = answers(answered, isRed, providers)
      for (const cache of caches) cache.answer(now)
      const demand = valueAt(scenario.demand, at)
      const load = providers.map((_, p) => demand * caches.reduce((sum, cache) => sum + cache.part * cache.share(p), 0))
      const capacity = providers.map((provider) => valueAt(provider.capacity, at))
      const failing = providers.map((provider, p) => {
        const served = Math.min(load[p] ?? 0, capacity[p] ?? 0)
        return (load[p] ?? 0) - served * (1 - valueAt(provider.failureRatio, at))
      })
      return { load, failing, capacity, isRed }
    },
  }
}

/** What Route 53 answers: weighted among the healthy; when nobody with a weight is healthy, among all. */
function answers(weights: readonly number[], isRed: readonly boolean[], providers: readonly ScenarioProvider[]): number[] {
  const pulled = weights.map((weight, p) => weight * (providers[p]?.pull ?? 1))
  const healthy = pulled.map((weight, p) => (isRed[p] ? 0 : weight))
  const counted = healthy.some((weight) => weight > 0) ? healthy : pulled
  const total = counted.reduce((sum, weight) => sum + weight, 0)
  return counted.map((weight) => (total > 0 ? weight / total : 1 / counted.length))
}

/** Red after `threshold` failed probes running, green after as many good ones. */
function createCheck(provider: ScenarioProvider, start: number, { intervalSeconds, threshold }: CheckSettings): (at: number) => boolean {
  const answersProbe = (at: number) => (provider.probe === undefined ? valueAt(provider.capacity, at) > 0 : valueAt(provider.probe, at) > 0)
  let isRed = !answersProbe(start)
  let against = 0
  let next = start
  return (at) => {
    for (; next <= at; next += intervalSeconds) {
      against = answersProbe(next) === isRed ? against + 1 : 0
      if (against >= threshold) {
        isRed = !isRed
        against = 0
      }
    }
    return isRed
  }
}
