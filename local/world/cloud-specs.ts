// Decides how large the simulated clouds are, and how many real requests one simulated request stands for.
import { type CloudSpec, type ServedVersion, versionKey } from '#local/clouds/cloud-spec.ts'
import type { Provider } from '#model/provider.ts'

export type CloudSize = {
  readonly tasks?: number | undefined
  readonly ratingPerTask?: number | undefined
  readonly baseLatencySeconds?: number | undefined
}

/** What two cores can send and serve at 20 times the speed, in requests/s of the clock. */
export const MOST_REQUESTS_PER_SECOND = 60
const TASKS = 10
const BASE_LATENCY_SECONDS = 0.04
/** The part of all ratings that clients ask for when nobody says otherwise: most fleets are sized for a peak above it. */
const USUAL_DEMAND = 0.57

/** Demand in requests/s when none is given. */
export function usualDemand(providers: readonly Provider[]): number {
  return Math.round(USUAL_DEMAND * providers.reduce((sum, { rating }) => sum + rating, 0))
}

/** A demand above what can be sent is scaled down: each simulated request then stands for several, in the published counts too. */
export function requestsPerRequest(highestDemand: number): number {
  return Math.max(1, highestDemand / MOST_REQUESTS_PER_SECOND)
}

export function cloudSpecs(providers: readonly Provider[], sizes: Readonly<Record<string, CloudSize>>, perRequest: number): CloudSpec[] {
  return providers.map((provider, index) => {
    const size = sizes[provider.name] ?? {}
    const tasks = size.tasks ?? TASKS
    return {
      provider: provider.name,
      tasks,
      ratingPerTask: (size.ratingPerTask ?? provider.rating / TASKS) / perRequest,
      baseLatencySeconds: size.baseLatencySeconds ?? BASE_LATENCY_SECONDS,
      healthCheckPath: provider.healthCheck.path ?? '/',
      requestsPerRequest: perRequest,
      seed: index + 1,
      versions: versionsAt(provider),
    }
  })
}

/** Each once: a version may have several endpoints at a provider. */
function versionsAt({ endpoints }: Provider): ServedVersion[] {
  return [...new Map(endpoints.flatMap(({ of }) => (of === undefined ? [] : [[versionKey(of), of] as const]))).values()]
}
