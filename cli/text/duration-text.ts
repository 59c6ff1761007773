// A duration as people type and read it: 45s, 2h, 1h30m, 3d4h.

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** The two greatest units; 0s for nothing. The sign is left out. */
export function durationText(seconds: number): string {
  let rest = Math.round(Math.abs(seconds))
  const parts: string[] = []
  let greatest: number | undefined
  for (const [index, [letter, size]] of UNITS.entries()) {
    const count = Math.floor(rest / size)
    if (count === 0 || (greatest !== undefined && index > greatest + 1)) continue
    greatest ??= index
    parts.push(`${count}${letter}`)
    rest -= count * size
  }
  return parts.join('') || '0s'
}
