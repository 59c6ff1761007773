// Effective capacity (`E`): what a provider can take now, in requests/s.
import type { EstimatorPolicy } from '#model/policy.ts'
import type { Member } from './member.ts'

/** What it reports; the rating while it never reported anything. */
export function reportedCapacity({ memory, rating }: Pick<Member, 'memory' | 'rating'>): number {
  return memory.capacity?.value ?? rating
}

/** `min(m, q, u)`; a ramping provider that fails nothing is worth at least what it carries; a down one what a return begins with. */
export function effectiveCapacity(member: Pick<Member, 'memory' | 'rating'>, { rampStart }: EstimatorPolicy): number {
  const { memory } = member
  if (memory.isDown) return rampStart * memory.nominal
  const reported = reportedCapacity(member)
  const carried = memory.isRamping && !memory.isBad ? Math.max(reported, memory.load?.value ?? 0) : reported
  return Math.min(carried, memory.limit ?? Infinity, memory.goodput?.value ?? Infinity)
}
