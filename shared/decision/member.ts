// One provider of the set on its way through a decision.
import type { ShareBounds } from '#model/hostname.ts'
import type { ProviderMemory } from '#model/memory.ts'
import type { Override } from '#model/override.ts'
import type { Reading } from './reading.ts'

export type Member = {
  readonly name: string
  readonly rating: number
  readonly bounds: ShareBounds
  readonly reading: Reading
  readonly memory: ProviderMemory
  /** The drain in force. */
  readonly drain: Override | undefined
  /** Share that stands in the records; undefined before the first decision. */
  readonly standing: number | undefined
}

/** Route 53 withholds the provider now. */
export function isRed({ memory }: Member): boolean {
  return memory.redSince !== undefined
}

/** Down, and Route 53 withholds it; behind a green check it would be down for want of capacity. */
export function isDownByCheck(member: Member): boolean {
  return member.memory.isDown && isRed(member)
}

/** A required signal is missing although the checks are not red. */
export function isUnknown({ reading, memory }: Member): boolean {
  return reading.missing.length > 0 && memory.redSince === undefined
}

/** Takes part in the sharing out; panic may add others. */
export function mayServe(member: Member): boolean {
  return !member.memory.isDown && member.drain === undefined
}
