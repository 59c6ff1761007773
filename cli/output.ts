// What a command hands back: an exit status, and the same facts for a person and for a program.
import { EXIT, type ExitCode } from './exit-codes.ts'

export type Output = {
  readonly exitCode: ExitCode
  /** Printed as one JSON document with --json. */
  readonly json: unknown
  /** `json` is a list, of which each element is printed on a line of its own. */
  readonly isJsonLines?: true
  readonly lines: readonly string[]
}

export function shown(json: unknown, lines: readonly string[], exitCode: ExitCode = EXIT.done): Output {
  return { exitCode, json, lines }
}

/** Paragraphs with an empty line between them; empty ones are left out. */
export function paragraphs(...parts: readonly (readonly string[])[]): string[] {
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]))
}
