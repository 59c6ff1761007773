// Route 53 for a history: one atomic batch per hostname (the rule is the fake's), changes that take time, faults, and hands.
import type { ObservedRecords } from '#model/observed-records.ts'
import type { DnsZone, RecordSwap, SwapOutcome } from '#ports/dns-zone.ts'
import { type MemoryZone, memoryZone } from '#test/fakes/memory-zone.ts'

export type Faults = { throttled: number; priorRequest: number; lostAnswer: number; listFails: number; syncSeconds: number }

export type ZoneEvents = {
  /** A batch is on its way. */
  readonly sent: (swap: RecordSwap, before: ObservedRecords) => void
  /** It took effect, whatever becomes of the answer. */
  readonly written: (swap: RecordSwap, before: ObservedRecords, after: ObservedRecords, inSyncAt: number) => void
  readonly note: (what: 'throttles' | 'lostAnswers' | 'conflicts' | 'listFailures') => void
}

const USUAL_SYNC_SECONDS = 20
export const PRESUMED_SECONDS = 60

export type HistoryZone = ReturnType<typeof createZone>

export function createZone(hostnames: readonly string[], healthChecks: { has(id: string): boolean }, nowSeconds: () => number) {
  const zones = new Map(
    hostnames.map((hostname) => [hostname, memoryZone({ hostname, members: [], strangers: [], observedAt: 0 }, nowSeconds)]),
  )
  const faults: Faults = { throttled: 0, priorRequest: 0, lostAnswer: 0, listFails: 0, syncSeconds: USUAL_SYNC_SECONDS }
  const inSyncAt = new Map<string, number>()
  const calls = { count: 0 }
  const zoneOf = (hostname: string): MemoryZone => {
    const zone = zones.get(hostname)
    if (zone === undefined) throw new RangeError(`no zone for ${hostname}`)
    return zone
  }

  const port = (events: ZoneEvents): DnsZone => ({
    list: async (zoneId, hostname) => {
      calls.count++
      if (faults.listFails > 0) {
        faults.listFails--
        events.note('listFailures')
        throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })
      }
      return zoneOf(hostname).list(zoneId, hostname)
    },
    swap: async (swap) => {
      calls.count++
      const zone = zoneOf(swap.hostname)
      const before = zone.standing
      events.sent(swap, before)
      const refused = refusal(faults)
      if (refused !== undefined) {
        events.note('throttles')
        return refused
      }
      // API reference, ChangeResourceRecordSets, "Errors": NoSuchHealthCheck.
      const unknown = swap.create.find(({ healthCheckId }) => healthCheckId !== undefined && !healthChecks.has(healthCheckId))
      if (unknown !== undefined) throw Object.assign(new Error(`no health check ${unknown.healthCheckId}`), { name: 'NoSuchHealthCheck' })
      const hasFence = swap.fence.before === undefined || swap.fence.before.ttlSeconds === before.fence?.ttlSeconds
      const outcome = hasFence ? await zone.swap(swap) : ({ kind: 'conflict', messages: ['the fence was not found as given'] } as const)
      if (outcome.kind !== 'accepted') {
        events.note('conflicts')
        return outcome
      }
      const changeId = `${swap.hostname}/${outcome.changeId}`
      const syncedAt = nowSeconds() + faults.syncSeconds
      inSyncAt.set(changeId, syncedAt)
      // Nobody can ask for a change whose answer is lost: it is presumed to be in sync after a minute.
      events.written(swap, before, zone.standing, faults.lostAnswer === 0 ? syncedAt : Math.min(syncedAt, nowSeconds() + PRESUMED_SECONDS))
      if (faults.lostAnswer === 0) return { kind: 'accepted', changeId }
      faults.lostAnswer--
      events.note('lostAnswers')
      // The SDK's second try meets what the first one left.
      return { kind: 'conflict', messages: ['the records were not found as given'] }
    },
    changeStatus: async (changeId) => {
      calls.count++
      return (inSyncAt.get(changeId) ?? 0) <= nowSeconds() ? 'INSYNC' : 'PENDING'
    },
  })

  return {
    port,
    faults,
    calls,
    standing: (hostname: string): ObservedRecords => zoneOf(hostname).standing,
    /** By hand: no fence, no guard. */
    edit: (hostname: string, change: (standing: ObservedRecords) => ObservedRecords): void => {
      const zone = zoneOf(hostname)
      zone.standing = change(zone.standing)
    },
    endFaults: () => Object.assign(faults, { throttled: 0, priorRequest: 0, lostAnswer: 0, listFails: 0, syncSeconds: USUAL_SYNC_SECONDS }),
  }
}

function refusal(faults: Faults): SwapOutcome | undefined {
  if (faults.throttled > 0) {
    faults.throttled--
    return { kind: 'throttled', message: 'Rate exceeded' }
  }
  if (faults.priorRequest > 0) {
    faults.priorRequest--
    return { kind: 'throttled', message: 'PriorRequestNotComplete' }
  }
  return undefined
}
