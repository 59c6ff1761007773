// Lower tiers: providers with maxShare 0 get nothing until those above them lack room, and then what is left over.
import type { GuardPolicy } from '#model/policy.ts'

/** Once open, a tier closes only when the demand fits well: otherwise it would open and close on noise. */
const CLOSE_BELOW = 0.9

export type TierInput = {
  readonly upperCapacity: number
  readonly lowerCapacity: number
  readonly demand: number | undefined
  readonly wasOpen: boolean
}

/** @returns the part of all traffic that the lower tier takes, 0–1; 0 means it stays closed */
export function lowerTierShare({ upperCapacity, lowerCapacity, demand, wasOpen }: TierInput, { ceiling }: GuardPolicy): number {
  if (lowerCapacity <= 0) return 0
  if (upperCapacity <= 0) return 1
  if (demand === undefined || demand <= 0) return 0
  const upperRoom = ceiling * upperCapacity
  if (demand <= (wasOpen ? CLOSE_BELOW : 1) * upperRoom) return 0
  const overflow = Math.max(0, demand - upperRoom)
  if (demand <= ceiling * (upperCapacity + lowerCapacity)) return overflow / demand
  return lowerCapacity / (upperCapacity + lowerCapacity)
}
