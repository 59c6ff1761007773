// Histories of canaries that once broke a rule, as they came out of the shrinker. Each stays here for good.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CanaryHistory } from './history.ts'
import { playCanary } from './play.ts'
import { canaryRules } from './rules/index.ts'

type Found = { readonly rule: string; readonly sentence: string; readonly history: CanaryHistory }

const folder = join(import.meta.dirname, 'found')
const found = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Found)

test.each(found)('$rule: $sentence', async ({ rule, history }) => {
  expect(canaryRules.map(({ name }) => name)).toContain(rule)
  expect((await playCanary(history, canaryRules)).violation).toBeUndefined()
})
