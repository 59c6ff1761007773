// What is wrong at one place of a file to replay.
import { type CommandFailure, usageFailure } from '#cli/failure.ts'

export type Spot = { readonly file: string; readonly line: number; readonly column?: string }

export function traceFailure({ file, line, column }: Spot, seen: string, allowed: string, mend: string): CommandFailure {
  return usageFailure({ code: 'trace', place: `${file}:${line}${column === undefined ? '' : `, column ${column}`}`, seen, allowed, mend })
}

/** Time goes on. @throws CommandFailure */
export function mustRise(spot: Spot, previous: number | undefined, minute: number, label: string | number): void {
  if (previous !== undefined && minute <= previous)
    throw traceFailure(spot, `${label}, not after the minute before`, 'minutes that rise', 'Sort the rows, and keep one of each minute.')
}
