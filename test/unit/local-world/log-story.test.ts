// Refusals and deferrals reach the timeline from the log, once; nothing else does.
import { expect, it } from 'vitest'
import { createLogStories } from '#local/world/log-story.ts'

const line = (entry: unknown) => ({
  ...{ functionName: 'sluice-prod-rebalance', requestId: '1', stream: 'stdout' as const, atSeconds: 90 },
  text: typeof entry === 'string' ? entry : JSON.stringify(entry),
})
const refusal = { level: 'WARN', message: 'media.example.com: somebody else keeps changing it', guard: 'write-fight', code: 'write-fight' }

it('tells a refusal once', () => {
  const storyOf = createLogStories()
  expect(storyOf(line(refusal))).toEqual({ at: 90, kind: 'refused', sentence: refusal.message, code: 'write-fight' })
  expect(storyOf(line(refusal))).toBeUndefined()
})

it('tells a deferral as a notice', () => {
  expect(createLogStories()(line({ level: 'WARN', message: 'it goes first in the next tick', code: 'throttled' }))).toMatchObject({
    kind: 'notice',
  })
})

it.each([
  ['an info line', { ...refusal, level: 'INFO' }],
  ['a notice of a decision, which is told already', { level: 'WARN', message: 'missing', code: 'signals-missing' }],
  ['a line that is no JSON', 'START "WARN" {'],
])('does not tell %s', (_what, entry) => {
  expect(createLogStories()(line(entry))).toBeUndefined()
})
