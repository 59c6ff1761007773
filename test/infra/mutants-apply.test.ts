// Every patch of test/mutants still applies to the tree: a patch that does not proves nothing. `npm run prove` runs them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { guards } from '#guards/index.ts'
import { mutants, scratchCopy } from '#test/mutants/scratch.ts'

const scratch = scratchCopy()
afterAll(() => scratch.remove())

test.each(mutants('test/mutants'))('$name applies', ({ path }) => {
  expect(scratch.run('git', ['apply', '--check', path]).stderr).toBe('')
})

describe('the tables of invariants in docs', () => {
  const table = ['docs/control.md', 'docs/canary-invariants.md', 'docs/judge.md']
    .map((file) => readFileSync(file, 'utf8'))
    .map((page) => page.slice(page.indexOf('## Invariants')))
    .join('\n')
  const patterns = [...table.matchAll(/`([\w*-]+)\.patch`/g)].map(([, pattern = '']) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`))
  const names = mutants('test/mutants').map(({ name }) => name)

  test.each(names)('names the patch %s', (name) => {
    expect(patterns.some((pattern) => pattern.test(name))).toBe(true)
  })

  test('names no patch that is not there', () => {
    expect(patterns.filter((pattern) => !names.some((name) => pattern.test(name)))).toEqual([])
  })

  test.each(guards.map(({ name }) => name))('names the guard %s', (name) => {
    expect(table).toContain(`\`${name}\``)
  })
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
