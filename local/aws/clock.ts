// What the in-process AWS needs of a clock: the time, and timers that run on it. The local system's scaled clock satisfies it; so does `realTimeClock`.
import type { Clock } from '#ports/clock.ts'

export type Cancel = () => void

export interface AwsClock extends Clock {
  /** Calls `fn` once after `clockSeconds` of the clock's time, unless cancelled. */
  setTimeout(fn: () => void, clockSeconds: number): Cancel
  /** What threads of the account follow it by (`workerData.clockOrigin`); without it they live in real time. */
  readonly origin?: SharedArrayBuffer
}

/** The computer's own time. Timers do not keep the process alive. */
export function realTimeClock(speed = 1): AwsClock {
  const origin = Date.now() / 1000
  return {
    nowSeconds: () => origin + (Date.now() / 1000 - origin) * speed,
    setTimeout: (fn, clockSeconds) => {
      const timer = setTimeout(fn, (clockSeconds * 1000) / speed)
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}

/** Calls `fn` with the planned time at every multiple of `everySeconds` (epoch), plus an offset, until cancelled. A late timer skips what it missed: it never catches up in bursts. */
export function everyClockSeconds(clock: AwsClock, everySeconds: number, fn: (plannedSeconds: number) => void, offsetSeconds = 0): Cancel {
  let cancel: Cancel = () => {}
  const arm = () => {
    const now = clock.nowSeconds()
    const planned = (Math.floor((now - offsetSeconds) / everySeconds) + 1) * everySeconds + offsetSeconds
    cancel = clock.setTimeout(() => {
      arm()
      fn(planned)
    }, planned - now)
  }
  arm()
  return () => cancel()
}
