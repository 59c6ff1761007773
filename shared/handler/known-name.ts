// A name in an event has to be one that the configuration knows; the objection is the same at every door.
import { nearestWord } from '#config/nearest-word.ts'
import { formatValue, problemLine } from '#config/problem.ts'
import { BadEvent } from './bad-event.ts'

/** The line that says that `seen` is none of `allowed`. `place` as in `event.hostname`. */
export function unknownName(place: string, seen: string, allowed: readonly string[]): string {
  const near = nearestWord(seen, allowed)
  return problemLine(place, {
    seen: formatValue(seen),
    allowed: allowed.length === 0 ? 'none: the configuration has none yet' : allowed.join(', '),
    mend: near === undefined ? 'Name one of them, or add it to sluice.yaml and deploy.' : `Did you mean ${near}?`,
  })
}

/** The one of `all` whose `nameOf` it is. @throws BadEvent when there is none; nothing was read or written then */
export function knownByName<T>(place: string, seen: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === seen)
  if (found !== undefined) return found
  throw new BadEvent(unknownName(place, seen, all.map(nameOf)))
}
