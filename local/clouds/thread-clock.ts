// The clock as a worker thread of the local system sees it: the shared line of time, and timers that follow its rate.
import { type ClockOrigin, readSharedTime, watchRate } from '#local/clock/shared-time.ts'
import { createTimerQueue } from '#local/clock/timer-queue.ts'

export interface ThreadClock {
  nowSeconds(): number
  /** Clock seconds per real second at this moment. */
  rate(): number
  /** Runs at this time of the clock; in this turn when it has passed already. */
  at(seconds: number, run: () => void): void
}

export function followClock(origin: ClockOrigin): ThreadClock {
  const time = readSharedTime(origin)
  const timers = createTimerQueue(time)
  void watchRate(origin, timers.rearm)
  return {
    nowSeconds: () => time.nowMillis() / 1000,
    rate: time.rate,
    at(seconds, run) {
      // Less than the half millisecond a real timer can resolve is no wait.
      if (seconds * 1000 - time.nowMillis() < 0.5 * time.rate()) run()
      else timers.add(seconds * 1000, run)
    },
  }
}
