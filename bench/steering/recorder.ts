// Keeps what the metrics of each provider would hold: closed windows with their noise, and one verdict of its check a minute.
import type { Tick, Verdict, Window } from './controller.ts'
import { type MissableSignal, type Scenario, type ScenarioProvider, valueAt } from './scenario.ts'

const HISTORY_SECONDS = 900

type Bucket = { capacity: number; load: number; errors: number; trueCapacity: number; seconds: number; start: number }

/** Keeps what the metrics of each provider would hold. */
export function createRecorder(scenario: Scenario, windowSeconds: number, random: () => number) {
  const noisy = (value: number) => value * (1 + scenario.noise * (2 * random() - 1))
  const windows: Window[][] = scenario.providers.map(() => [])
  const verdicts: { at: number; isRed: boolean }[][] = scenario.providers.map(() => [])
  const truths: { readonly at: number; readonly capacity: readonly number[] }[] = []
  let buckets: Bucket[] = []
  return {
    record: (
      second: { load: readonly number[]; failing: readonly number[]; capacity: readonly number[]; isRed: readonly boolean[] },
      now: number,
      at: number,
    ) => {
      if (now % windowSeconds === 0 || buckets.length === 0) {
        buckets = scenario.providers.map(() => ({ capacity: 0, load: 0, errors: 0, trueCapacity: 0, seconds: 0, start: now }))
      }
      truths.push({ at: now, capacity: second.capacity })
      for (const [p, provider] of scenario.providers.entries()) {
        const bucket = buckets[p]
        if (bucket === undefined) continue
        bucket.capacity += valueAt(provider.reportedCapacity ?? provider.rating, at)
        bucket.load += second.load[p] ?? 0
        bucket.errors += second.failing[p] ?? 0
        bucket.trueCapacity += second.capacity[p] ?? 0
        bucket.seconds += 1
        if ((now + 1) % windowSeconds === 0 && bucket.seconds === windowSeconds)
          windows[p]?.push(closed(provider, bucket, now + 1, at, noisy))
        if (!isMissing(provider, 'probe', at)) verdicts[p]?.push({ at: now, isRed: second.isRed[p] ?? false })
      }
    },
    seenAt: (seen: number): Omit<Tick, 'now' | 'weights'> => ({
      windows: windows.map((all) => all.filter(({ end }) => end <= seen && end > seen - HISTORY_SECONDS)),
      verdicts: verdicts.map((all) => byMinute(all, seen)),
      trueCapacity: truths.findLast(({ at }) => at <= seen)?.capacity ?? scenario.providers.map(({ rating }) => rating),
    }),
  }
}

function closed(provider: ScenarioProvider, bucket: Bucket, end: number, at: number, noisy: (value: number) => number): Window {
  const mean = (sum: number) => sum / bucket.seconds
  const served = mean(bucket.load) - mean(bucket.errors)
  // Noise is drawn for every metric, missing or not, so that a gap does not change the rest of the run.
  const [capacity, load, errors, utilisation] = [
    noisy(mean(bucket.capacity)),
    noisy(mean(bucket.load)),
    noisy(mean(bucket.errors)),
    noisy(bucket.trueCapacity > 0 ? Math.min(1, served / mean(bucket.trueCapacity)) : 1),
  ]
  return {
    end,
    capacity: isMissing(provider, 'capacity', at) ? undefined : capacity,
    load: isMissing(provider, 'load', at) ? undefined : load,
    errors: isMissing(provider, 'errors', at) ? undefined : Math.min(errors, load),
    utilisation: !provider.reportsUtilisation || isMissing(provider, 'utilisation', at) ? undefined : utilisation,
  }
}

function isMissing({ missing }: ScenarioProvider, signal: MissableSignal, at: number): boolean {
  return valueAt(missing[signal] ?? 0, at) > 0
}

/** Route 53 publishes one verdict a minute: the newest of each minute that can be seen. */
function byMinute(seconds: readonly { readonly at: number; readonly isRed: boolean }[], seen: number): Verdict[] {
  const minutes = new Map<number, boolean>()
  for (let i = seconds.length - 1; i >= 0; i--) {
    const second = seconds[i]
    if (second === undefined || second.at > seen) continue
    if (second.at <= seen - HISTORY_SECONDS) break
    const minute = Math.floor(second.at / 60) * 60
    if (!minutes.has(minute)) minutes.set(minute, !second.isRed)
  }
  return [...minutes].map(([at, isGreen]) => ({ at, isGreen })).reverse()
}
