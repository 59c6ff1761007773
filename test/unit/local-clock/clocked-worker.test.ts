// A worker that lives on the clock: Date, timers and waits in it follow the thread that owns the time.
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { createLocalClock, type LocalClock } from '#local/clock/local-clock.ts'

const PRELOAD = new URL('../../../local/clock/preload.ts', import.meta.url).href
const workers: Worker[] = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()))
})

/** Runs an async function body in a worker that follows the clock, and gives what it returns. */
function inWorker<T>(clock: LocalClock, body: string): Promise<T> {
  const workerData = { clockOrigin: clock.origin, body }
  const worker = new Worker(new URL('./run-body.ts', import.meta.url), { execArgv: ['--import', PRELOAD], workerData })
  workers.push(worker)
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

describe('a clocked worker', () => {
  test('reads the same time as the thread that owns the clock', async () => {
    const clock = createLocalClock({ speed: 1, origin: 2_000_000_000 })
    const seen = await inWorker<number[]>(
      clock,
      'const now = Date.now(); return [now, new Date().getTime(), Date.parse(Date()), performance.timeOrigin + performance.now()]',
    )
    for (const millis of seen) {
      expect(millis / 1000).toBeGreaterThan(1_999_999_998)
      expect(millis / 1000).toBeLessThanOrEqual(clock.nowSeconds())
    }
  })

  test('has a Date that is still a Date', async () => {
    const clock = createLocalClock({ speed: 1 })
    const facts = await inWorker(
      clock,
      `class Stamp extends Date {}
       const date = new Date(0)
       return [date instanceof Date, structuredClone(date) instanceof Date, new Stamp(5) instanceof Stamp, new Stamp(5).getTime(),
         date.constructor === Date, Date.UTC(2026, 0), new Date(2026, 0, 2).getDate(), Object.prototype.toString.call(new Date()), typeof Date()]`,
    )
    expect(facts).toEqual([true, true, true, 5, true, Date.UTC(2026, 0), 2, '[object Date]', 'string'])
  })

  test('has every kind of timer on clock time', async () => {
    const clock = createLocalClock({ speed: 200 })
    const start = performance.now()
    const elapsed = await inWorker<Record<string, number>>(
      clock,
      `const measure = async (wait) => { const from = Date.now(); await wait(); return Date.now() - from }
       const promises = await import('node:timers/promises')
       const { setTimeout: imported } = await import('node:timers')
       const { promisify } = await import('node:util')
       return {
         global: await measure(() => new Promise((resolve) => setTimeout(resolve, 10000))),
         imported: await measure(() => new Promise((resolve) => imported(resolve, 10000))),
         promise: await measure(() => promises.setTimeout(10000)),
         promisified: await measure(() => promisify(setTimeout)(10000)),
         scheduler: await measure(() => promises.scheduler.wait(10000)),
         signal: await measure(() => new Promise((resolve) => AbortSignal.timeout(10000).addEventListener('abort', resolve))),
         interval: await measure(() => new Promise((resolve) => { let n = 0; const i = setInterval(() => { if (++n === 4) { clearInterval(i); resolve() } }, 2500) })),
         performance: await measure(async () => { const from = performance.now(); while (performance.now() - from < 10000); }),
       }`,
    )
    expect(performance.now() - start).toBeLessThan(10_000)
    for (const [kind, millis] of Object.entries(elapsed)) expect(millis, kind).toBeGreaterThanOrEqual(9_999)
  })

  test('clears a timer by object and by number, and fires a refreshed one once', async () => {
    const clock = createLocalClock({ speed: 200 })
    const fired = await inWorker(
      clock,
      `const fired = []
       clearTimeout(setTimeout(() => fired.push('object'), 100))
       clearTimeout(Number(setTimeout(() => fired.push('number'), 100)))
       clearTimeout(undefined)
       setTimeout((text) => fired.push(text), 100, 'refreshed').refresh()
       await new Promise((resolve) => setTimeout(resolve, 1000))
       return fired`,
    )
    expect(fired).toEqual(['refreshed'])
  })

  test('an aborted wait gives the error Node gives', async () => {
    const clock = createLocalClock({ speed: 1 })
    const error = await inWorker(
      clock,
      `const { setTimeout: wait } = await import('node:timers/promises')
       const controller = new AbortController()
       const waiting = wait(60000, undefined, { signal: controller.signal })
       controller.abort()
       return waiting.catch(({ name, code }) => ({ name, code }))`,
    )
    expect(error).toEqual({ name: 'AbortError', code: 'ABORT_ERR' })
  })

  test('learns of a changed rate while it waits', async () => {
    const clock = createLocalClock({ speed: 1000 })
    const release = clock.hold()
    const done = inWorker<number>(clock, 'return new Promise((resolve) => setTimeout(() => resolve(Date.now()), 100000))')
    await clock.sleep(0.3)
    release()
    expect((await done) / 1000).toBeLessThanOrEqual(clock.nowSeconds())
  })
})
