// How long a fresh Node process takes to import a file.
import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

/** Milliseconds of the import alone, without the start of Node: the median of `runs` processes, one after the other. */
export function importMilliseconds(file: string, environment: Readonly<Record<string, string>>, runs: number): number {
  const program = `const start = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - start)`
  const times = Array.from({ length: runs }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: environment, encoding: 'utf8' }).trim()),
  )
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}
