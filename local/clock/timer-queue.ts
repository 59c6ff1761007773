// All timers of a thread, ordered by clock time, on one real timer: a change of the clock's rate moves one timer, not thousands.
import { insert, type QueuedTimer, remove } from './timer-heap.ts'

/** Taken before anything may patch them. */
const { setTimeout: setRealTimer, clearTimeout: clearRealTimer } = globalThis

/** Node keeps a delay in 32 bits; a longer one would fire at once (node:timers, setTimeout). */
const LONGEST_REAL_MILLIS = 2 ** 31 - 1

export type { QueuedTimer }

export interface TimerQueue {
  add(dueMillis: number, run: () => void, isRef?: boolean): QueuedTimer
  cancel(timer: QueuedTimer): void
  /** Whether the process shall wait for this timer. */
  setRef(timer: QueuedTimer, isRef: boolean): void
  /** To be called when the rate of the clock changed. */
  rearm(): void
  clear(): void
}

/** Timers fire when the clock has reached them, in the order of their times, never early; what throws does not stop the others. */
export function createTimerQueue(time: { nowMillis(): number; rate(): number }): TimerQueue {
  const heap: QueuedTimer[] = []
  let real: ReturnType<typeof setRealTimer> | undefined
  let order = 0
  let refs = 0
  let isFiring = false

  function rearm(): void {
    if (isFiring) return
    clearRealTimer(real)
    real = undefined
    const next = heap[0]
    if (next === undefined) return
    const realMillis = Math.ceil((next.dueMillis - time.nowMillis()) / time.rate())
    real = setRealTimer(fire, Math.min(Math.max(realMillis, 0), LONGEST_REAL_MILLIS))
    if (refs === 0) real.unref()
  }

  function takeOut(timer: QueuedTimer): boolean {
    if (!remove(heap, timer)) return false
    if (timer.isRef && --refs === 0) real?.unref()
    return true
  }

  function fire(): void {
    isFiring = true
    try {
      const now = time.nowMillis()
      // What is added meanwhile waits for the next turn: a timer of zero delay must not starve the event loop.
      const firstNew = order
      for (let next = heap[0]; next !== undefined && next.dueMillis <= now && next.order < firstNew; next = heap[0]) {
        takeOut(next)
        next.run()
      }
    } finally {
      isFiring = false
      rearm()
    }
  }

  return {
    add(dueMillis, run, isRef = true) {
      const timer: QueuedTimer = { dueMillis, order: order++, run, isRef, index: -1 }
      insert(heap, timer)
      if (isRef && refs++ === 0) real?.ref()
      if (heap[0] === timer) rearm()
      return timer
    },
    cancel(timer) {
      const wasNext = heap[0] === timer
      if (takeOut(timer) && wasNext) rearm()
    },
    setRef(timer, isRef) {
      if (timer.isRef === isRef) return
      timer.isRef = isRef
      if (timer.index === -1) return
      refs += isRef ? 1 : -1
      if (refs > 0) real?.ref()
      else real?.unref()
    },
    rearm,
    clear() {
      for (const timer of heap) timer.index = -1
      heap.length = 0
      refs = 0
      rearm()
    },
  }
}
