// The clock of the local system: it runs `speed` times as fast as real time, and no faster than real time while somebody holds it.
import type { Clock } from '#ports/clock.ts'
import { type ClockOrigin, createSharedTime } from './shared-time.ts'
import { createTimerQueue } from './timer-queue.ts'

export type Cancel = () => void
export type Release = () => void

export interface LocalClock extends Clock {
  /** Clock seconds per real second while nobody holds the clock. */
  readonly speed: number
  setSpeed(speed: number): void
  /** Runs `run` once, in this thread, when the clock has moved on by `clockSeconds`; there is no upper limit. */
  setTimeout(run: () => void, clockSeconds: number): Cancel
  /** Settles after `clockSeconds`; rejects with the signal's reason when it is aborted. */
  sleep(clockSeconds: number, signal?: AbortSignal): Promise<void>
  /** Until every hold is released, the clock runs no faster than real time: work takes what it takes. A release works once. */
  hold(): Release
  /** For `workerData`: a worker preloaded with `preload.ts` follows this clock. */
  readonly origin: ClockOrigin
  /** Forgets all timers. */
  stop(): void
}

export interface LocalClockOptions {
  /** Clock seconds per real second; 1 is real time. */
  readonly speed: number
  /** Epoch seconds at which the clock begins. @default the real time */
  readonly origin?: number
}

const FASTEST = 1000

/** @throws RangeError when the speed is not a number above 0 and up to 1000. */
export function createLocalClock({ speed, origin = Date.now() / 1000 }: LocalClockOptions): LocalClock {
  let currentSpeed = checkedSpeed(speed)
  let holds = 0
  const time = createSharedTime(origin * 1000, currentSpeed)
  const timers = createTimerQueue(time)

  function adjustRate(): void {
    const rate = holds > 0 ? Math.min(currentSpeed, 1) : currentSpeed
    if (rate === time.rate()) return
    time.setRate(rate)
    timers.rearm()
  }

  function setClockTimeout(run: () => void, clockSeconds: number): Cancel {
    const timer = timers.add(time.nowMillis() + Math.max(0, clockSeconds) * 1000, run)
    return () => timers.cancel(timer)
  }

  return {
    origin: time.origin,
    nowSeconds: () => time.nowMillis() / 1000,
    get speed() {
      return currentSpeed
    },
    setSpeed(next) {
      currentSpeed = checkedSpeed(next)
      adjustRate()
    },
    setTimeout: setClockTimeout,
    sleep(clockSeconds, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const onAbort = (): void => {
          cancel()
          reject(signal?.reason)
        }
        const cancel = setClockTimeout(() => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        }, clockSeconds)
        signal?.addEventListener('abort', onAbort, { once: true })
      })
    },
    hold() {
      let isOpen = true
      holds++
      adjustRate()
      return () => {
        if (!isOpen) return
        isOpen = false
        holds--
        adjustRate()
      }
    },
    stop: () => timers.clear(),
  }
}

function checkedSpeed(speed: number): number {
  if (Number.isFinite(speed) && speed > 0 && speed <= FASTEST) return speed
  throw new RangeError(`speed is ${speed}; it must be a number above 0 and at most ${FASTEST}, such as 20, or 1 for real time`)
}
