// What killed builds left behind goes with the next build; what another build works in stays.
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { scratchFolder } from '#cdk/bundling/scratch-folder.ts'

const NOW = 1_800_000_000
const scratch = mkdtempSync(join(tmpdir(), 'sluice-dist-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function aFolder(name: string, ageSeconds: number): string {
  const folder = join(scratch, 'dist', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'handler.mjs'), '')
  utimesSync(folder, NOW - ageSeconds, NOW - ageSeconds)
  return folder
}

test('a build removes scratch folders older than an hour, and nothing else', () => {
  const abandoned = aFolder('bundles-killed', 3700)
  const beside = aFolder('bundles-beside', 60)
  const other = aFolder('reports', 999_999)
  const own = scratchFolder(join(scratch, 'dist'), NOW)
  expect([abandoned, beside, other, own].map(existsSync)).toEqual([false, true, true, true])
})

test('the first build makes the folder for all', () => {
  expect(existsSync(scratchFolder(join(scratch, 'fresh', 'dist'), NOW))).toBe(true)
})
