// The text of a file that a command names, or the reason why it cannot be read.
import { usageFailure } from '#cli/failure.ts'
import type { Surroundings } from '#cli/place.ts'

export type NamedFile = {
  /** The option or argument that names it. */
  readonly place: string
  readonly path: string
  readonly mend: string
}

/** @throws CommandFailure, with what the system says, for a file that is not there or cannot be read */
export async function fileText({ place, path, mend }: NamedFile, { readText }: Pick<Surroundings, 'readText'>): Promise<string> {
  const unread = (code: string, why: string, options?: ErrorOptions) =>
    usageFailure({ code, place, seen: `${path}, which ${why}`, allowed: 'a file that can be read', mend }, options)
  const text = await readText(path).catch((cause: unknown) => {
    throw unread('unreadable-file', `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`, { cause })
  })
  if (text === undefined) throw unread('no-file', 'is not there')
  return text
}
