// Preloaded into a worker (`--import`): Date, timers, performance.now and AbortSignal.timeout follow the clock given as `workerData.clockOrigin`.
// Not covered: process.hrtime, Intl's default argument, file times, socket keep-alive. The main thread stays as it is.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { isMainThread, workerData } from 'node:worker_threads'
import { patchDate } from './patched-date.ts'
import { createPatchedTimers } from './patched-timers.ts'
import { readSharedTime, watchRate } from './shared-time.ts'
import { createTimerQueue } from './timer-queue.ts'

if (isMainThread || !(workerData?.clockOrigin instanceof SharedArrayBuffer)) {
  throw new Error('the clock can be preloaded into a worker only, with the origin of a local clock as workerData.clockOrigin')
}

const time = readSharedTime(workerData.clockOrigin)
const queue = createTimerQueue(time)
void watchRate(workerData.clockOrigin, queue.rearm)

globalThis.Date = patchDate(Date, time.nowMillis)

const timers = createPatchedTimers(queue, time.nowMillis)
const onClock = {
  setTimeout: timers.setTimeout,
  setInterval: timers.setInterval,
  clearTimeout: timers.clear,
  clearInterval: timers.clear,
}
Object.assign(globalThis, onClock)

const require = createRequire(import.meta.url)
Object.assign(require('node:timers'), onClock)
const promises = require('node:timers/promises')
Object.assign(promises, { setTimeout: timers.wait, setInterval: timers.every })
Object.defineProperty(promises.scheduler, 'wait', {
  value: (delay: number, options?: { signal?: AbortSignal }) => timers.wait(delay, undefined, options),
})
syncBuiltinESMExports()

AbortSignal.timeout = (millis) => {
  const controller = new AbortController()
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  timers.setTimeout(() => controller.abort(reason), millis).unref()
  return controller.signal
}

const workerStartedAtMillis = time.nowMillis()
Object.defineProperty(performance, 'timeOrigin', { value: workerStartedAtMillis })
Object.defineProperty(performance, 'now', { value: () => time.nowMillis() - workerStartedAtMillis })
