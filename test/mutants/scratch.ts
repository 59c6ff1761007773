// A copy of the tree in which rules can be taken out, and how tests are run there.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

export type Mutant = { readonly name: string; readonly rule: string; readonly path: string; readonly files: readonly string[] }
export type Scratch = { readonly folder: string; readonly run: Run; readonly remove: () => void }
export type Run = (command: string, args: readonly string[]) => SpawnSyncReturns<string>

/** Ends the proof with exit code 2, after the scratch copy was removed. */
export class CannotProve extends Error {
  override readonly name = 'CannotProve'
}

export function fail(message: string): never {
  throw new CannotProve(message)
}

/** Every `*.patch` of a folder, with the files it touches. */
export function mutants(folder: string): Mutant[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.patch'))
    .toSorted()
    .map((file) => {
      const name = file.replace(/\.patch$/, '')
      const text = readFileSync(join(folder, file), 'utf8')
      const files = [...text.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, path]) => path ?? '')
      return { name, rule: name.split('--')[0] ?? name, path: resolve(folder, file), files }
    })
}

/** The tree as it stands, committed or not, without what git ignores; the dependencies are shared. */
export function scratchCopy(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { encoding: 'utf8' }).stdout
  // A file that was deleted and not yet committed is listed all the same.
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(name)))
    cpSync(file, join(folder, file), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const PATH = `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`
  const run: Run = (command, args) =>
    spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH, GIT_CEILING_DIRECTORIES: tmpdir() },
      maxBuffer: 1 << 28,
    })
  return { folder, run, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Only these kinds import the code they test; the others run bundles or linters and cannot be told apart by what they import. */
const KINDS = ['test/unit', 'test/property', 'test/histories', 'test/contract']
/** Their tests would run as well, take most of the time, and not be counted. */
const OTHER_KINDS = ['flow', 'infra', 'real'].flatMap((kind) => ['--exclude', `test/${kind}/**`])

/** The number of tests of those kinds; all of them have to load. */
export function suiteSize(run: Run): number {
  const { status, stdout, stderr } = run('vitest', ['list', '--no-static-parse', ...KINDS, '--json'])
  if (status !== 0) fail(`the suite does not load before anything is taken out:\n${stderr}`)
  return (JSON.parse(stdout.slice(stdout.indexOf('['))) as unknown[]).length
}

const REPORT = 'mutant-report.json'

type Report = {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** What the tests that import one of `files` say; the others cannot notice. */
export type Failing = {
  /** Names of the tests that fail. */
  readonly tests: readonly string[]
  /** Test files that do not load, or whose preparation fails: nothing is known of their tests. */
  readonly notLoaded: readonly string[]
}

export function failingTests({ run, folder }: Pick<Scratch, 'run' | 'folder'>, files: readonly string[]): Failing {
  rmSync(join(folder, REPORT), { force: true })
  const result = run('vitest', ['related', '--run', ...OTHER_KINDS, '--reporter=json', `--outputFile.json=${REPORT}`, ...files])
  if (!existsSync(join(folder, REPORT))) fail(`vitest made no report:\n${result.stderr}`)
  const report = JSON.parse(readFileSync(join(folder, REPORT), 'utf8')) as Report
  if (report.testResults.length === 0) fail(`no test imports ${files.join(', ')}`)
  const counted = report.testResults
    .filter(({ name }) => KINDS.some((kind) => name.includes(`/${kind}/`)))
    .map((file) => ({ ...file, failed: file.assertionResults.filter(({ status }) => status === 'failed') }))
  return {
    tests: counted.flatMap(({ failed }) => failed.map(({ fullName }) => fullName)),
    notLoaded: counted
      .filter(({ status, message, failed }) => failed.length === 0 && (status === 'failed' || message !== ''))
      .map(({ name }) => name),
  }
}
