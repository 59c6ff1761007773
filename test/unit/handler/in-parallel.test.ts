// A few at a time: all of them, in order of their turn, until time is up or something fails.
import { expect, test } from 'vitest'
import { inParallel } from '#handler/in-parallel.ts'

const numbers = Array.from({ length: 100 }, (_, index) => index)

test('everything is run once, and never more than sixteen at a time', async () => {
  const seen: number[] = []
  let running = 0
  let most = 0
  await inParallel(numbers, async (number) => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
    seen.push(number)
  })
  expect(seen.toSorted((a, b) => a - b)).toEqual(numbers)
  expect(most).toBe(16)
})

test('nothing new begins once time is over', async () => {
  const seen: number[] = []
  await inParallel(
    numbers,
    async (number) => void seen.push(number),
    () => seen.length >= 20,
  )
  expect(seen.length).toBeGreaterThanOrEqual(20)
  expect(seen.length).toBeLessThan(40)
})

test('the first failure is thrown, and nothing new begins after it', async () => {
  const seen: number[] = []
  const run = async (number: number) => {
    seen.push(number)
    if (number === 3) throw new Error('three')
    await new Promise((resolve) => setImmediate(resolve))
  }
  await expect(inParallel(numbers, run)).rejects.toThrow('three')
  expect(seen.length).toBeLessThanOrEqual(16)
})
