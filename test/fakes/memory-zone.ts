// A hosted zone in memory with Route 53's own rule: a batch is atomic, and a deletion names the record exactly.
import type { ObservedRecords } from '#model/observed-records.ts'
import { recordKey, sameRecord } from '#model/record-identity.ts'
import type { DnsZone, RecordSwap, SwapOutcome } from '#ports/dns-zone.ts'

export type MemoryZone = DnsZone & {
  /** What stands; tests edit it as a hand would. */
  standing: ObservedRecords
  readonly calls: { list: number; swap: number; changeStatus: number }
  /** Runs before a swap takes effect: the place where another writer gets in. */
  beforeSwap: (swap: RecordSwap) => void | Promise<void>
  /** What the next swaps answer in place of the rule. */
  readonly forced: SwapOutcome[]
  inSync: boolean
}

export function memoryZone(standing: ObservedRecords, nowSeconds: () => number): MemoryZone {
  let changes = 0
  const zone: MemoryZone = {
    standing,
    calls: { list: 0, swap: 0, changeStatus: 0 },
    beforeSwap: () => {},
    forced: [],
    inSync: true,
    list: async () => {
      zone.calls.list++
      return { ...zone.standing, observedAt: nowSeconds() }
    },
    swap: async (swap) => {
      zone.calls.swap++
      await zone.beforeSwap(swap)
      const forced = zone.forced.shift()
      if (forced !== undefined) return forced
      const objection = misfit(zone.standing, swap)
      if (objection !== undefined) return { kind: 'conflict', messages: [objection] }
      const kept = zone.standing.members.filter((member) => !swap.remove.some((record) => sameRecord(record, member)))
      zone.standing = { ...zone.standing, members: [...kept, ...swap.create], fence: swap.fence.after }
      return { kind: 'accepted', changeId: `C${++changes}` }
    },
    changeStatus: async () => {
      zone.calls.changeStatus++
      return zone.inSync ? 'INSYNC' : 'PENDING'
    },
  }
  return zone
}

function misfit(standing: ObservedRecords, swap: RecordSwap): string | undefined {
  const gone = swap.remove.find((record) => !standing.members.some((member) => sameRecord(record, member)))
  if (gone !== undefined) return `${gone.setIdentifier} was not found as given`
  const { before } = swap.fence
  const fence = standing.fence
  if (before?.generation !== fence?.generation || before?.sequence !== fence?.sequence) return 'the fence was not found as given'
  const kept = standing.members.filter((member) => !swap.remove.some((record) => sameRecord(record, member)))
  const clash = swap.create.find((record) => kept.some((member) => recordKey(member) === recordKey(record)))
  return clash === undefined ? undefined : `${clash.setIdentifier} already exists`
}
