// The whole controller in memory: rebalance invokes apply as between two functions.
import { applyRequest } from '#apply/apply-request.ts'
import type { RebalancePorts } from '#lambdas/rebalance/ports.ts'
import { rebalance } from '#lambdas/rebalance/rebalance.ts'
import type { Configuration } from '#model/configuration.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { ApplyRequest } from '#model/receipt.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { aConfiguration, HOSTNAME } from '#test/builders/configuration.ts'
import { type CloudState, seriesOf } from '#test/builders/series.ts'
import {
  memoryControlRows,
  memoryGoodPlans,
  memoryJournal,
  memoryMemory,
  memoryOverrides,
  memoryRecords,
} from '#test/fakes/memory-stores.ts'
import { memoryZone } from '#test/fakes/memory-zone.ts'

/** Epoch seconds at which time begins: 2027-01-15 08:00:30 UTC. */
export const START = 1_800_000_030
/** Who gives an operator's orders. */
export const AUTHOR = 'arn:aws:iam::123456789012:user/operator'

/** rebalance and apply on stores and a zone in memory, with clouds whose metrics a test sets; `tick` lets a minute pass after each. */
export function aController(first: Configuration = aConfiguration()) {
  let configuration = first
  let nowSeconds = START
  const clock = { nowSeconds: () => nowSeconds }
  const empty: ObservedRecords = { hostname: HOSTNAME, members: [], strangers: [], observedAt: 0 }
  const zone = memoryZone(empty, clock.nowSeconds)
  const records = memoryRecords()
  const journal = memoryJournal()
  const overrides = memoryOverrides()
  const splits = memoryControlRows()
  const memory = memoryMemory()
  const goodPlans = memoryGoodPlans()
  const clouds: Record<string, Partial<CloudState>> = { aws: { capacity: 500 }, hetzner: { capacity: 300 } }
  const requests: ApplyRequest[] = []
  const ports: RebalancePorts = {
    configuration: { load: async () => configuration },
    metrics: { read: async () => seriesOf(configuration, clouds, nowSeconds) },
    memory,
    records,
    overrides,
    splits,
    goodPlans,
    journal,
    clock,
    applier: {
      apply: async (request) => {
        requests.push(request)
        // Across the wire, as between two functions.
        const sent = JSON.parse(JSON.stringify(request)) as ApplyRequest
        return applyRequest(sent, configuration, nowSeconds + 50, { zone, records, overrides, goodPlans, journal, clock })
      },
    },
  }
  const send = (event: Partial<TickEvent> = {}) => rebalance({ source: 'schedule', time: nowSeconds, ...event } as TickEvent, ports)
  const weights = (): Record<string, number> =>
    Object.fromEntries(zone.standing.members.map(({ setIdentifier, weight }) => [setIdentifier.split(':')[2], weight]))
  const shares = () => {
    const total = Object.values(weights()).reduce((sum, weight) => sum + weight, 0)
    return Object.fromEntries(Object.entries(weights()).map(([name, weight]) => [name, weight / total]))
  }
  const tick = async (count = 1) => {
    let last = await send()
    for (let index = 1; index < count; index++) {
      nowSeconds += 60
      last = await send()
    }
    nowSeconds += 60
    return last
  }
  return {
    zone,
    records,
    goodPlans,
    journal,
    overrides,
    splits,
    memory,
    clouds,
    requests,
    ports,
    send,
    tick,
    weights,
    shares,
    now: clock.nowSeconds,
    /** Another configuration counts from now on. */
    deploy: (next: Configuration) => {
      configuration = next
    },
    /** Time passes and nothing runs. */
    sleep: (seconds: number) => {
      nowSeconds += seconds
    },
  }
}

/** An operator's event; `request` as JSON. */
export const operator = (now: number, request: object, dryRun = false): Partial<TickEvent> =>
  ({ source: 'operator', time: now, author: AUTHOR, dryRun, request }) as Partial<TickEvent>
