// `2h`, `1h30m`, `90s`, `1.5d` → seconds.
import { usageFailure } from '#cli/failure.ts'
import { durationText } from '#cli/text/duration-text.ts'

const NUMBER = '(\\d+(?:\\.\\d+)?)'
const PATTERN = new RegExp(`^(?:${NUMBER}d)?(?:${NUMBER}h)?(?:${NUMBER}m(?:in)?)?(?:${NUMBER}s)?$`)
const UNIT_SECONDS = [86_400, 3600, 60, 1] as const

/** Undefined for what is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = text === '' ? null : PATTERN.exec(text)
  return match === null ? undefined : UNIT_SECONDS.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0)
}

/** An override ends by itself: what must last longer belongs in sluice.yaml. The function holds the same upper bound. */
const SHORTEST_SECONDS = 60
const LONGEST_SECONDS = 30 * 86_400

/** The value of `--for` in seconds. @throws CommandFailure */
export function lifeOf(text: string): number {
  const seconds = parseDuration(text)
  if (seconds !== undefined && seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return seconds
  throw usageFailure({
    code: 'duration',
    place: '--for',
    seen: JSON.stringify(text),
    allowed: `a duration from ${durationText(SHORTEST_SECONDS)} to ${durationText(LONGEST_SECONDS)}, such as 45m, 2h, 1h30m or 3d`,
    mend: 'Say how long it shall last; it can be ended earlier, and what must last longer belongs in sluice.yaml.',
  })
}
