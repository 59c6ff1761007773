// Identifiers in the form AWS gives them. They follow from what they name, so that two runs of a scenario agree.
import { createHash } from 'node:crypto'

/** `prefix` and upper-case letters and digits up to `length` in all; `seed` must not be given twice. */
export function identifier(prefix: string, seed: string, length = 21): string {
  const digest = createHash('sha256').update(seed).digest('hex')
  return (prefix + BigInt(`0x${digest}`).toString(36).toUpperCase()).slice(0, length)
}

/** In the form of a UUID, as health checks and messages have it. */
export function uuidFrom(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
