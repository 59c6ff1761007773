// The fence of a hostname: who holds its shares (generation) and which write it was (sequence). Every batch swaps it.
import * as z from 'zod'

export const Fence = z.object({ generation: z.int().min(0), sequence: z.int().min(0) })
export type Fence = z.infer<typeof Fence>

/** The value of the TXT record, without the quotes Route 53 wants around it. */
export function fenceText(fence: Fence): string {
  return `gen=${fence.generation} seq=${fence.sequence}`
}

/** Reads what `fenceText` wrote; anything else is not a fence of ours. */
export function parseFence(text: string): Fence | undefined {
  const match = /^gen=(\d{1,15}) seq=(\d{1,15})$/.exec(text)
  return match === null ? undefined : { generation: Number(match[1]), sequence: Number(match[2]) }
}

/** True when `a` was written before `b`. */
export function isOlder(a: Fence, b: Fence): boolean {
  return a.generation < b.generation || (a.generation === b.generation && a.sequence < b.sequence)
}

/** True when both stand for one write, or both are absent. */
export function sameFence(a: Fence | undefined, b: Fence | undefined): boolean {
  return a?.generation === b?.generation && a?.sequence === b?.sequence
}

/** Who comes after both; what stood counts on even when somebody deleted the TXT record. */
export function laterOf(a: Fence | undefined, b: Fence | undefined): Fence | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return isOlder(a, b) ? b : a
}
