// The beginning of a script: its flags, or the end of the process, with exit code 2 for what is wrong and 0 for --help.
import type { Command, Flag } from './flag.ts'
import { usageOf } from './flag.ts'
import { type ReadFlags, readFlags } from './read-flags.ts'

/** @param check further objections to what was read, a line each */
export function flagsOrExit<const Own extends Readonly<Record<string, Flag>>>(
  command: Command<Own>,
  check: (read: ReadFlags<Own>) => readonly string[] = () => [],
): ReadFlags<Own> {
  const read = readFlags(command, process.argv.slice(2))
  if (read.isHelp) {
    process.stdout.write(`${usageOf(command)}\n`)
    process.exit(0)
  }
  const problems = [...read.problems, ...(read.problems.length > 0 ? [] : check(read))]
  if (problems.length === 0) return read
  process.stderr.write(`${problems.join('\n')}\n\n${usageOf(command)}\n`)
  process.exit(2)
}
