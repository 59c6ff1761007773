// The clock of the local system: its speed, its timers, and that it is held to real time while somebody works.
import { describe, expect, test } from 'vitest'
import { createLocalClock } from '#local/clock/local-clock.ts'

const realSeconds = (): number => performance.now() / 1000

describe('the local clock', () => {
  test('begins at its origin and runs at its speed', async () => {
    const clock = createLocalClock({ speed: 100, origin: 1_000_000 })
    const [clockStart, realStart] = [clock.nowSeconds(), realSeconds()]
    expect(clockStart).toBeGreaterThanOrEqual(1_000_000)
    expect(clockStart).toBeLessThan(1_000_010)
    await clock.sleep(20)
    const ratio = (clock.nowSeconds() - clockStart) / (realSeconds() - realStart)
    expect(ratio).toBeGreaterThan(95)
    expect(ratio).toBeLessThan(105)
  })

  test('a timer never fires before its time and timers fire in the order of their times', async () => {
    const clock = createLocalClock({ speed: 200 })
    const start = clock.nowSeconds()
    const fired: { due: number; late: number }[] = []
    for (const due of [9, 3, 27, 3.5, 14]) clock.setTimeout(() => fired.push({ due, late: clock.nowSeconds() - start - due }), due)
    await clock.sleep(28)
    expect(fired.map(({ due }) => due)).toEqual([3, 3.5, 9, 14, 27])
    expect(Math.min(...fired.map(({ late }) => late))).toBeGreaterThanOrEqual(0)
  })

  test('a cancelled timer does not fire', async () => {
    const clock = createLocalClock({ speed: 200 })
    let fired = 0
    const cancels = Array.from({ length: 50 }, (_, index) => clock.setTimeout(() => fired++, 1 + (index % 7)))
    for (const [index, cancel] of cancels.entries()) if (index % 2 === 0) cancel()
    await clock.sleep(8)
    expect(fired).toBe(25)
  })

  test('a timer beyond 24 days does not fire at once', async () => {
    const clock = createLocalClock({ speed: 1 })
    let hasFired = false
    clock.setTimeout(() => {
      hasFired = true
    }, 60 * 86_400)
    await clock.sleep(0.02)
    expect(hasFired).toBe(false)
    clock.stop()
  })

  test('while held it runs in real time, and it neither jumps nor goes back when the rate changes', async () => {
    const clock = createLocalClock({ speed: 500 })
    const seen: number[] = []
    for (let round = 0; round < 20; round++) {
      const release = clock.hold()
      seen.push(clock.nowSeconds())
      // The real time is read first and last, so that a pause of the process between two readings is in it.
      const [realStart, clockStart] = [realSeconds(), clock.nowSeconds()]
      await clock.sleep(0.005)
      const clockSeconds = clock.nowSeconds() - clockStart
      expect(clockSeconds).toBeLessThan(realSeconds() - realStart + 1e-6)
      seen.push(clock.nowSeconds())
      release()
      seen.push(clock.nowSeconds())
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  test('the clock is held until the last hold is released, and a release counts once', async () => {
    const clock = createLocalClock({ speed: 500 })
    const [first, second] = [clock.hold(), clock.hold()]
    first()
    first()
    const start = realSeconds()
    await clock.sleep(0.05)
    expect(realSeconds() - start).toBeGreaterThanOrEqual(0.049)
    second()
    const released = realSeconds()
    await clock.sleep(10)
    expect(realSeconds() - released).toBeLessThan(1)
  })

  test('a timer set while the clock was held fires at the faster rate after the release', async () => {
    const clock = createLocalClock({ speed: 1000 })
    const release = clock.hold()
    const start = realSeconds()
    const slept = clock.sleep(30)
    release()
    await slept
    expect(realSeconds() - start).toBeLessThan(5)
  })

  test('a clock slower than real time is not sped up by a hold', async () => {
    const clock = createLocalClock({ speed: 0.5 })
    const release = clock.hold()
    const start = realSeconds()
    await clock.sleep(0.02)
    expect(realSeconds() - start).toBeGreaterThanOrEqual(0.039)
    release()
  })

  test('an aborted sleep rejects with the reason of its signal', async () => {
    const clock = createLocalClock({ speed: 1 })
    const controller = new AbortController()
    const slept = clock.sleep(3600, controller.signal)
    controller.abort(new Error('the system stops'))
    await expect(slept).rejects.toThrow('the system stops')
    await expect(clock.sleep(1, controller.signal)).rejects.toThrow('the system stops')
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 5000])('a speed of %s is refused with the values allowed', (speed) => {
    expect(() => createLocalClock({ speed })).toThrow(/speed is .*above 0 and at most 1000/)
  })
})
