// A command that cannot go on: with the exit status it ends with, and what a person needs to mend it.
import { formatProblems, type Problem } from '#config/problem.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'

/** What is wrong at one place of the command line, or of what it needs. */
export type Objection = Pick<Problem, 'code' | 'seen' | 'allowed' | 'mend'> & {
  /** The argument, the option or the thing: `--for`, `PROVIDER`, `credentials`. */
  readonly place: string
}

export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exitCode: ExitCode
  readonly objection: Objection

  constructor(exitCode: ExitCode, objection: Objection, options?: ErrorOptions) {
    super(`${objection.place}: ${objection.seen}`, options)
    this.exitCode = exitCode
    this.objection = objection
  }
}

/** The command line says something that cannot be meant. */
export function usageFailure(objection: Objection, options?: ErrorOptions): CommandFailure {
  return new CommandFailure(EXIT.usage, objection, options)
}

/** Four lines, as the problems of a configuration file are printed. */
export function failureText(command: string, { place, ...rest }: Objection): string {
  return formatProblems([{ file: command, path: place, ...rest }])
}
