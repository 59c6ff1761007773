// setTimeout and its relatives on clock time, with what callers expect of Node's: the Timeout object, clearing by object or number, promisify.
import { promisify } from 'node:util'
import type { QueuedTimer, TimerQueue } from './timer-queue.ts'

/** As in Node: a delay outside 1 … 2^31-1 ms becomes 1 ms (node:timers, setTimeout). */
const checkedDelay = (delay: unknown): number => {
  const millis = Math.trunc(Number(delay))
  return millis >= 1 && millis <= 2 ** 31 - 1 ? millis : 1
}

type Callback = (...args: unknown[]) => void

/** What `setTimeout` and `setInterval` return. */
export interface ClockTimeout {
  ref(): ClockTimeout
  unref(): ClockTimeout
  hasRef(): boolean
  /** Starts the delay again. */
  refresh(): ClockTimeout
  close(): ClockTimeout
  [Symbol.toPrimitive](): number
  [Symbol.dispose](): void
}

/** @param nowMillis epoch milliseconds of the clock */
export function createPatchedTimers(queue: TimerQueue, nowMillis: () => number) {
  const open = new Map<number, ClockTimeout>()
  let lastId = 0

  function start(callback: Callback, delay: unknown, args: unknown[], repeats: boolean): ClockTimeout {
    if (typeof callback !== 'function') {
      throw Object.assign(new TypeError('The "callback" argument must be of type function.'), { code: 'ERR_INVALID_ARG_TYPE' })
    }
    const id = ++lastId
    const millis = checkedDelay(delay)
    let isRef = true
    let queued: QueuedTimer
    const schedule = (): void => {
      queued = queue.add(
        nowMillis() + millis,
        () => {
          if (repeats) schedule()
          else open.delete(id)
          callback(...args)
        },
        isRef,
      )
    }
    const close = (): ClockTimeout => {
      open.delete(id)
      queue.cancel(queued)
      return timeout
    }
    const setRef = (value: boolean): ClockTimeout => {
      isRef = value
      queue.setRef(queued, value)
      return timeout
    }
    const timeout: ClockTimeout = {
      ref: () => setRef(true),
      unref: () => setRef(false),
      hasRef: () => isRef,
      refresh() {
        queue.cancel(queued)
        schedule()
        return timeout
      },
      close,
      [Symbol.toPrimitive]: () => id,
      [Symbol.dispose]: () => void close(),
    }
    schedule()
    open.set(id, timeout)
    return timeout
  }

  function clear(timeout: unknown): void {
    const isTimeout = typeof timeout === 'object' && timeout !== null && 'close' in timeout
    const found = isTimeout ? (timeout as ClockTimeout) : open.get(Number(timeout))
    found?.close()
  }

  /** As `node:timers/promises`: resolves with `value`, rejects with an AbortError. */
  function wait<T>(delay?: number, value?: T, options: { signal?: AbortSignal; ref?: boolean } = {}): Promise<T> {
    const { signal, ref = true } = options
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        timeout.close()
        reject(abortError(signal))
      }
      if (signal?.aborted) return reject(abortError(signal))
      const finish = (): void => {
        signal?.removeEventListener('abort', abort)
        resolve(value as T)
      }
      const timeout = start(finish, delay, [], false)
      if (!ref) timeout.unref()
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  async function* every<T>(delay?: number, value?: T, options: { signal?: AbortSignal; ref?: boolean } = {}): AsyncGenerator<T> {
    for (;;) yield await wait(delay, value as T, options)
  }

  const setTimeout = (callback: Callback, delay?: number, ...args: unknown[]): ClockTimeout => start(callback, delay, args, false)
  Object.defineProperty(setTimeout, promisify.custom, { value: wait })
  return {
    setTimeout,
    setInterval: (callback: Callback, delay?: number, ...args: unknown[]): ClockTimeout => start(callback, delay, args, true),
    clear,
    wait,
    every,
  }
}

/** The error Node's own timers give: its code is what callers check. */
function abortError(signal: AbortSignal | undefined): Error {
  return Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), { name: 'AbortError', code: 'ABORT_ERR' })
}
