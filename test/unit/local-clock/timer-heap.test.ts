// Timers in the order of their times, whatever is put in and taken out.
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { insert, type QueuedTimer, remove } from '#local/clock/timer-heap.ts'
import { createTimerQueue } from '#local/clock/timer-queue.ts'

const aTimer = (dueMillis: number, order: number): QueuedTimer => ({ dueMillis, order, run: () => {}, isRef: true, index: -1 })

describe('the heap of timers', () => {
  property.prop([fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { maxLength: 60 })])(
    'gives what was not taken out in the order of times, the older one first where they are equal',
    (plan) => {
      const heap: QueuedTimer[] = []
      const timers = plan.map(([due], order) => aTimer(due, order))
      for (const timer of timers) insert(heap, timer)
      const kept = timers.filter((_timer, index) => !plan[index]?.[1])
      for (const timer of timers) if (!kept.includes(timer)) expect(remove(heap, timer)).toBe(true)
      const given: QueuedTimer[] = []
      for (let first = heap[0]; first !== undefined; first = heap[0]) {
        remove(heap, first)
        given.push(first)
      }
      expect(given).toEqual(kept.toSorted((a, b) => a.dueMillis - b.dueMillis || a.order - b.order))
      for (const timer of timers) expect(remove(heap, timer)).toBe(false)
    },
  )
})

describe('the queue of timers', () => {
  test('runs the others although one throws, and a timer of zero delay does not starve the event loop', async () => {
    const queue = createTimerQueue({ nowMillis: () => performance.now(), rate: () => 1 })
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve))
    const others = process.listeners('uncaughtException').slice(0, -1)
    for (const other of others) process.off('uncaughtException', other)
    let runs = 0
    const { promise: ranAgain, resolve } = Promise.withResolvers<void>()
    const again = (): void => {
      runs++
      queue.add(0, again)
      // From the event loop: it gets its turn although the timer always comes back at once.
      if (runs === 2) setImmediate(resolve)
    }
    queue.add(0, () => {
      throw new Error('a timer broke')
    })
    queue.add(0, again)
    await ranAgain
    queue.clear()
    for (const other of others) process.on('uncaughtException', other)
    expect(await thrown).toMatchObject({ message: 'a timer broke' })
    expect(runs).toBeGreaterThan(1)
  })
})
