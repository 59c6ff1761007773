// A clock that stands until it is told to go on: timers run when their time is passed.
import type { AwsClock } from '#local/aws/clock.ts'

export type ManualClock = AwsClock & {
  /** Runs every timer that falls due on the way, at its own time. */
  advance(seconds: number): void
}

export function manualClock(startSeconds = 1_800_000_000): ManualClock {
  let now = startSeconds
  let timers: { at: number; fn: () => void }[] = []
  return {
    nowSeconds: () => now,
    setTimeout(fn, clockSeconds) {
      const timer = { at: now + Math.max(0, clockSeconds), fn }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(seconds) {
      const end = now + seconds
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        timers = timers.filter((timer) => timer !== next)
        now = Math.max(now, next.at)
        next.fn()
      }
      now = end
    },
  }
}
