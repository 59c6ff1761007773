// Every patch of test/mutants still applies to the tree: a patch that does not proves nothing. `npm run prove` runs them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mutants, scratchCopy } from '#test/mutants/scratch.ts'

const scratch = scratchCopy()
afterAll(() => scratch.remove())

test.each(mutants('test/mutants'))('$name applies', ({ path }) => {
  expect(scratch.run('git', ['apply', '--check', path]).stderr).toBe('')
})

test('outside a repository too, git says so when a patch does not apply', () => {
  const empty = realpathSync(mkdtempSync(join(tmpdir(), 'no-tree-')))
  const [first] = mutants('test/mutants')
  const { status } = spawnSync('git', ['apply', '--check', first?.path ?? ''], {
    cwd: empty,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
  })
  rmSync(empty, { recursive: true })
  expect(status).not.toBe(0)
})
