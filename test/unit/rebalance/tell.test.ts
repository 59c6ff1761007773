// What a tick counts: the metrics that cost money every month, whether anything happens or not.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tell } from '#lambdas/rebalance/tell.ts'

test('a tick in which nothing happens publishes as many metrics as docs/cost.md reckons with', () => {
  const counted = new Map<string, number>()
  const silent = () => undefined
  const tools = {
    logger: { info: silent, warn: silent, error: silent, debug: silent },
    count: (metric: string, value = 1) => void counted.set(metric, value),
    remainingMs: () => 1000,
  }
  tell({ kind: 'done', decisions: [], plans: [], outcomes: [], confirmed: [], unread: [] }, tools)

  expect([...counted.values()]).toEqual([0, 0, 0, 0])
  const [, always] = /(\d+) that are always published/.exec(readFileSync('docs/cost.md', 'utf8')) ?? []
  expect(Number(always)).toBe(counted.size)
})
