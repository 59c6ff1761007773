// What the exit status of every command means.

export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  aws: 3,
  problems: 4,
  broken: 5,
  unwritten: 6,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** For the help and for docs/commands.md. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done, or shown',
  1: 'refused by Sluice, or there was nothing to do as asked',
  2: 'the command line is wrong: an option, a name, a value, a file that cannot be read',
  3: 'AWS said no: credentials, permission, not found, not reachable',
  4: 'check found problems',
  5: 'Sluice itself failed: a function ended with an error, or its answer cannot be understood',
  6: 'stored, but not yet written to Route 53: throttled, overtaken by somebody else, or failed; the next tick tries again',
}
