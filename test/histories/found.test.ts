// Histories that once broke a rule, as they came out of the shrinker. Each stays here for good.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { History } from './history.ts'
import { play } from './play.ts'
import { rules } from './rules/index.ts'

type Found = { readonly rule: string; readonly sentence: string; readonly history: History }

const folder = join(import.meta.dirname, 'found')
const found = readdirSync(folder).map((file) => ({ file, ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Found) }))

test.each(found)('$rule: $sentence', async ({ rule, history }) => {
  expect(rules.map(({ name }) => name)).toContain(rule)
  expect((await play(history, rules)).violation).toBeUndefined()
})
