// Whether the others can take what a provider would leave them: asked before a start, and before every step on.
import type { CanarySubject } from '#model/canary.ts'
import type { Decision } from '#model/decision.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { Reason } from '#model/reason.ts'

export type Room = {
  /** Requests/s in all. */
  readonly demand: number
  /** What each provider can take. */
  readonly capacity: Readonly<Record<string, number>>
}

/** Undefined where the controller does not know. */
export function roomOf(decision: Decision | undefined): Room | undefined {
  if (decision?.demand === undefined) return undefined
  return { demand: decision.demand, capacity: Object.fromEntries(decision.providers.map((one) => [one.provider, one.capacityEstimate])) }
}

/** `ceiling`: predicted utilisation that nobody is pushed above. Undefined where there is room. */
export function lackOfRoom(
  provider: string,
  { providers }: HostnamePolicy,
  { demand, capacity }: Room,
  ceiling: number,
): string | undefined {
  const others = providers.filter((bounds) => bounds.provider !== provider).reduce((sum, one) => sum + (capacity[one.provider] ?? 0), 0)
  return demand <= ceiling * others
    ? undefined
    : `no room: the others can take ${(ceiling * others).toFixed(0)} of ${demand.toFixed(0)} requests/s`
}

/**
 * Why a provider that is leaving goes no further: the others may have lost capacity, or demand has risen, since the start. One that comes in takes
 * load off the others, and is not kept from that.
 */
export function roomBecause(
  subject: CanarySubject,
  hostname: HostnamePolicy,
  decision: Decision | undefined,
  ceiling: number,
): Reason | undefined {
  const room = roomOf(decision)
  if (subject.kind !== 'provider' || subject.to >= subject.from || room === undefined) return undefined
  const sentence = lackOfRoom(subject.provider, hostname, room, ceiling)
  return sentence === undefined ? undefined : { code: 'no-room', sentence }
}
