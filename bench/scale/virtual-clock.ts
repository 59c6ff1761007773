// A clock that stands while anything can still happen and then jumps to the next timer: hours take no time, and every run gives the same seconds.
import type { AwsClock } from '#local/aws/clock.ts'
import { patchDate } from '#local/clock/patched-date.ts'
import { createPatchedTimers } from '#local/clock/patched-timers.ts'
import { insert, type QueuedTimer, remove } from '#local/clock/timer-heap.ts'
import type { TimerQueue } from '#local/clock/timer-queue.ts'

/** Taken before they are patched. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** So many turns of the event loop without work under way mean that everybody waits for a timer. */
const QUIET_TURNS = 4

export interface VirtualClock extends AwsClock {
  sleep(seconds: number): Promise<void>
  /** Runs the clock until `work` has settled. @throws Error when it waits for something that no timer will bring */
  drive<T>(work: Promise<T>): Promise<T>
  /** While there is any, the clock stands: a request on its way over a socket. */
  busy: number
}

/** Patches Date, setTimeout and setInterval of this thread, for the SDK's retries and its rate limiter. */
export function installVirtualClock(originSeconds: number): VirtualClock {
  let nowMillis = originSeconds * 1000
  let order = 0
  const heap: QueuedTimer[] = []
  const queue: TimerQueue = {
    add(dueMillis, run, isRef = true) {
      const timer: QueuedTimer = { dueMillis, order: order++, run, isRef, index: -1 }
      insert(heap, timer)
      return timer
    },
    cancel: (timer) => void remove(heap, timer),
    setRef: (timer, isRef) => {
      timer.isRef = isRef
    },
    rearm: () => {},
    clear: () => void heap.splice(0),
  }

  function jump(): boolean {
    const next = heap[0]
    if (next === undefined) return false
    remove(heap, next)
    nowMillis = Math.max(nowMillis, next.dueMillis)
    next.run()
    return true
  }

  const clock: VirtualClock = {
    busy: 0,
    nowSeconds: () => nowMillis / 1000,
    setTimeout(run, seconds) {
      const timer = queue.add(nowMillis + seconds * 1000, run)
      return () => queue.cancel(timer)
    },
    sleep: (seconds) => new Promise((resolve) => void clock.setTimeout(resolve, seconds)),
    async drive(work) {
      let isSettled = false
      const done = () => {
        isSettled = true
      }
      work.then(done, done)
      for (let quiet = 0; !isSettled; ) {
        await turn()
        quiet = clock.busy > 0 ? 0 : quiet + 1
        if (quiet < QUIET_TURNS || isSettled) continue
        quiet = 0
        if (!jump()) throw new Error('the clock has no timer left, and the work is not done')
      }
      return work
    },
  }

  globalThis.Date = patchDate(Date, () => nowMillis)
  const timers = createPatchedTimers(queue, () => nowMillis)
  Object.assign(globalThis, {
    setTimeout: timers.setTimeout,
    setInterval: timers.setInterval,
    clearTimeout: timers.clear,
    clearInterval: timers.clear,
  })
  return clock
}
