// A computer with an installation in memory: the real rebalance and apply behind the command line, clouds that do as a test says.
import { applyRequest } from '#apply/apply-request.ts'
import { Answer } from '#cli/answer.ts'
import { run } from '#cli/run.ts'
import type { OperatorEvent, Reply, Session } from '#cli/session.ts'
import type { World } from '#cli/world.ts'
import { BadEvent } from '#handler/bad-event.ts'
import { parseEvent } from '#lambdas/rebalance/parse-event.ts'
import type { RebalancePorts } from '#lambdas/rebalance/ports.ts'
import { rebalance } from '#lambdas/rebalance/rebalance.ts'
import type { Configuration } from '#model/configuration.ts'
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

/** 2027-01-15 08:00:30 UTC. */
export const START = 1_800_000_030
export const AUTHOR = 'arn:aws:iam::123456789012:user/operator'

/** Canaries have a world of their own: `a-canary-desk.ts`. */
const noCanary = () => Promise.reject(new Error('no canary in this world'))

export function aWorld(configuration: Configuration = aConfiguration(), overrides: Partial<World> = {}) {
  let now = START
  const clock = { nowSeconds: () => now }
  const zone = memoryZone({ hostname: HOSTNAME, members: [], strangers: [], observedAt: 0 }, clock.nowSeconds)
  const clouds: Record<string, Partial<CloudState>> = { aws: { capacity: 500 }, hetzner: { capacity: 300 } }
  const stores = { records: memoryRecords(), overrides: memoryOverrides(), goodPlans: memoryGoodPlans(), journal: memoryJournal() }
  const ports: RebalancePorts = {
    ...stores,
    clock,
    configuration: { load: async () => configuration },
    metrics: { read: async () => seriesOf(configuration, clouds, now) },
    memory: memoryMemory(),
    splits: memoryControlRows(),
    applier: { apply: async (request) => applyRequest(request, configuration, now + 50, { zone, clock, ...stores }) },
  }
  const events: OperatorEvent[] = []
  const session: Session = {
    stage: configuration.stage,
    region: 'us-east-1',
    configuration,
    ...stores,
    rows: memoryControlRows(),
    canaries: { start: noCanary, look: noCanary },
    order: noCanary,
    preflight: noCanary,
    author: async () => AUTHOR,
    nowSeconds: clock.nowSeconds,
    // Through JSON both ways, as over the wire.
    rebalance: async (event): Promise<Reply> => {
      events.push(event)
      try {
        const report = await rebalance(parseEvent(JSON.parse(JSON.stringify(event))), ports)
        return { kind: 'answered', answer: Answer.parse(JSON.parse(JSON.stringify(report))) }
      } catch (error) {
        if (error instanceof BadEvent) return { kind: 'refused', objections: error.message.split('\n') }
        throw error
      }
    },
  }
  const printed = { out: '', err: '' }
  const world: World = {
    version: '1.2.3',
    timeZone: 'UTC',
    env: { SLUICE_STAGE: 'test' },
    readText: async () => undefined,
    openSession: async () => session,
    openCatalog: async () => ({ dimensionSets: async () => [] }),
    pause: async () => undefined,
    isTerminal: false,
    write: (stream, text) => {
      printed[stream] += text
    },
    ...overrides,
  }
  return {
    ...{ zone, clouds, events, session, journal: stores.journal, goodPlans: stores.goodPlans },
    /** A minute of the installation. */
    tick: async (count = 1) => {
      for (let index = 0; index < count; index++) {
        await rebalance({ source: 'schedule', time: now }, ports)
        now += 60
      }
    },
    /** Time passes and nothing runs. */
    sleep: (seconds: number) => {
      now += seconds
    },
    sluice: async (...words: string[]) => {
      printed.out = ''
      printed.err = ''
      const exitCode = await run(words, world)
      return { exitCode, ...printed }
    },
    json: async (...words: string[]) => {
      printed.out = ''
      const exitCode = await run([...words, '--json'], world)
      return { exitCode, value: JSON.parse(printed.out) }
    },
  }
}
