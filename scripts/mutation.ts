// Judges the core by mutants, folder by folder, and prints a table: `npm run mutation`, `npm run mutation -- guards plan`, or files of your own choice:
// `npm run mutation -- --mutate 'shared/plan/quantise.ts'`. Each has to reach the threshold of stryker.config.json by itself. What is known of code and tests
// that have not changed is used again; `--force` forgets it.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { flagsOrExit } from '#flags/flags-or-exit.ts'

const FOLDERS = ['guards', 'plan', 'signals', 'apply', 'decision']
const root = join(import.meta.dirname, '..')
const reports = join(root, 'reports/mutation')

type Report = { readonly files: Record<string, { readonly mutants: readonly { readonly status: string }[] }> }
type Row = { score: string; killed: number; timeout: number; survived: number; uncovered: number; broken: number }

const { values, words } = flagsOrExit({
  name: 'npm run mutation',
  words: { value: 'FOLDER', about: 'only these folders of shared/', choices: FOLDERS },
  flags: {
    mutate: {
      kind: 'text',
      value: 'FILES',
      about: 'files of your own choice in their place',
      allowed: 'a pattern of files such as shared/plan/*.ts',
    },
    force: { kind: 'switch', about: 'judges again what has not changed' },
    concurrency: {
      kind: 'number',
      about: 'test runners at a time',
      from: 1,
      to: 64,
      isWhole: true,
      allowed: 'a whole number from 1 to 64',
      default: 1,
    },
  },
})
const folders = words.length === 0 ? FOLDERS : words
const parts =
  values.mutate === undefined
    ? folders.map((name) => ({ name, files: `shared/${name}/**/*.ts` }))
    : [{ name: 'chosen', files: values.mutate }]

const table: Record<string, Row> = {}
const short: string[] = []
for (const { name, files } of parts) {
  const answer = join(reports, 'mutation.json')
  rmSync(answer, { force: true })
  const known = ['--incremental', '--incrementalFile', join(reports, `known-${name}.json`), ...(values.force ? ['--force'] : [])]
  const { status } = spawnSync('stryker', ['run', '--mutate', files, '--concurrency', String(values.concurrency), ...known], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) short.push(name)
  if (existsSync(answer)) table[name] = rowOf(JSON.parse(readFileSync(answer, 'utf8')))
}
console.table(table)
if (short.length > 0) {
  console.error(`below the threshold, or not run to the end: ${short.join(', ')}`)
  process.exitCode = 1
}

function rowOf({ files }: Report): Row {
  const all = Object.values(files).flatMap(({ mutants }) => mutants)
  const count = (...wanted: string[]) => all.filter(({ status }) => wanted.includes(status)).length
  const score = (100 * count('Killed', 'Timeout')) / count('Killed', 'Timeout', 'Survived', 'NoCoverage')
  return {
    score: score.toFixed(2),
    killed: count('Killed'),
    timeout: count('Timeout'),
    survived: count('Survived'),
    uncovered: count('NoCoverage'),
    broken: count('CompileError', 'RuntimeError'),
  }
}
