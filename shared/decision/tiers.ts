// Lower tiers: providers with maxShare 0 get nothing until those above them lack room, and then what is left over.
import type { GuardPolicy } from '#model/policy.ts'

export type TierInput = {
  readonly upperCapacity: number
  readonly lowerCapacity: number
  readonly demand: number | undefined
}

/** @returns the part of all traffic that the lower tier takes, 0–1; 0 means it stays closed */
export function lowerTierShare({ upperCapacity, lowerCapacity, demand }: TierInput, { ceiling }: GuardPolicy): number {
  if (lowerCapacity <= 0) return 0
  if (upperCapacity <= 0) return 1
  if (demand === undefined || demand <= 0) return 0
  const overflow = Math.max(0, demand - ceiling * upperCapacity)
  // It begins with nothing and grows with the overflow, so noise opens it for no more than the write gate stops; by capacity where nobody has room.
  return Math.min(overflow / demand, lowerCapacity / (upperCapacity + lowerCapacity))
}
