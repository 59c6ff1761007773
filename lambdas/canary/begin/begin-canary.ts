// Preflight and lock: reads what stands, asks the pure `begin`, and takes the hostname's control row by one conditional write.

import { answerOf } from '#canary/answer.ts'
import { begin, strategyOf, subjectOf } from '#canary/begin.ts'
import type { Wish } from '#canary/begin-facts.ts'
import { checksOf, missingChecks } from '#canary/gate.ts'
import { obstaclesOf } from '#canary/obstacles.ts'
import { roomOf } from '#canary/room.ts'
import { nameOf } from '#canary/shares-at.ts'
import { afterRollback } from '#canary/supersede.ts'
import { parseWith } from '#handler/bad-event.ts'
import { unknownName } from '#handler/known-name.ts'
import {
  type BeginTask,
  type CanaryOrder,
  CanaryStart,
  type PreflightAnswer,
  type PreflightTask,
  type TaskAnswer,
} from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { inForce } from '#model/override.ts'
import { providerSetId } from '#model/provider-set.ts'
import type { Reason } from '#model/reason.ts'
import type { CanaryPreflight } from '#ports/canary-judge.ts'
import type { Clock } from '#ports/clock.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'
import type { ControlRows } from '#ports/control-rows.ts'
import type { CheckReader } from '#ports/gate-checks.ts'
import type { Journal } from '#ports/journal.ts'
import type { OverrideStore } from '#ports/override-store.ts'
import type { RecordsStore } from '#ports/records-store.ts'

export type BeginPorts = {
  readonly configuration: ConfigurationSource
  readonly rows: Pick<ControlRows, 'get' | 'advance'>
  readonly records: Pick<RecordsStore, 'get'>
  readonly overrides: Pick<OverrideStore, 'list'>
  readonly journal: Pick<Journal, 'append' | 'decisions'>
  readonly preflight: CanaryPreflight
  readonly checks: CheckReader
  /** Gives an order to canary/step and waits until it is carried out. */
  readonly order: (order: CanaryOrder) => Promise<void>
  readonly clock: Clock
}

/** How often a start that waits for another to go back looks whether it has. */
const LOOK_SECONDS = 30

/** A refusal is an answer, not an error: it names every reason, and nothing was written. */
export async function beginCanary({ execution, startedAt, input }: BeginTask, ports: BeginPorts): Promise<TaskAnswer> {
  const start = readStart(input)
  if ('refused' in start) return refused('', [start.refused])
  const configuration = await ports.configuration.load()
  const found = find(start, configuration)
  if ('refused' in found) return refused('hostname' in start ? start.hostname : '', [found.refused])
  const { hostname, wish } = found
  const nowSeconds = ports.clock.nowSeconds()
  const [{ value: row, revision }, records, overrides, [decision]] = await Promise.all([
    ports.rows.get(hostname.hostname),
    ports.records.get(hostname.hostname),
    ports.overrides.list(),
    ports.journal.decisions(providerSetId(hostname), 1),
  ])
  // A repeated invocation finds its own row.
  if (row?.canary?.execution === execution) return answerOf(row)
  const strategy = strategyOf(hostname)
  const subject = subjectOf(wish, { hostname, row: afterRollback(row) })
  const preflight = await lookAhead({ event: 'preflight', hostname: hostname.hostname, subject }, checksOf(strategy), ports)
  const by = {
    author: start.author ?? execution,
    reason: start.reason ?? 'started without a reason',
    at: Math.min(Date.parse(startedAt) / 1000, nowSeconds),
  }
  const begun = begin(wish, {
    ...{ hostname, providers: configuration.providers, row, execution, nowSeconds },
    by,
    generation: Math.max(records?.observed.fence?.generation ?? 0, records?.receipt?.fence.generation ?? 0),
    obstacles: obstaclesOf(hostname, decision, inForce(overrides, nowSeconds), nowSeconds),
    room: roomOf(decision),
    ceiling: configuration.policy.guards.ceiling,
    timing: configuration.policy.timing,
    preflight,
  })
  if (begun.kind === 'refused') return refused(hostname.hostname, begun.reasons)
  if (begun.kind === 'waits') {
    if (!begun.isTold) {
      const reason = `superseded by ${nameOf(subject, hostname.hostname)}: ${by.reason}`
      const { author } = by
      const inTheWay = row?.canary?.execution
      await ports.order({
        action: 'abort',
        time: nowSeconds,
        author,
        reason,
        hostname: hostname.hostname,
        ...(inTheWay === undefined ? {} : { execution: inTheWay }),
      })
    }
    return waits(hostname.hostname, row?.generation ?? 0, begun.reason.sentence)
  }
  if (!(await ports.rows.advance(begun.row, revision))) {
    // Whoever was faster may be the older one: the next look tells.
    if (strategy.onSupersede === 'rollbackFirst') return waits(hostname.hostname, row?.generation ?? 0, 'somebody else was faster')
    return refused(hostname.hostname, [
      { code: 'overtaken', sentence: `${hostname.hostname}: somebody else changed its split at the same time` },
    ])
  }
  const { reason, generation } = begun.row
  await ports.journal.append({ kind: 'canary', at: nowSeconds, hostname: hostname.hostname, execution, generation, reason })
  return answerOf(begun.row)
}

/** What cannot be looked at speaks against a start as much as what is bad. */
async function lookAhead(task: PreflightTask, functions: readonly string[], { preflight, checks }: BeginPorts): Promise<PreflightAnswer> {
  try {
    const [answer, missing] = await Promise.all([preflight.preflight(task), checks.missing(functions)])
    return { ...answer, reasons: [...answer.reasons, ...missingChecks(missing)] }
  } catch (error) {
    const sentence = `${task.hostname}: the preflight could not be asked: ${error instanceof Error ? error.message : String(error)}`
    return { reasons: [], freezes: [], learned: { refused: { code: 'no-preflight', sentence } } }
  }
}

function readStart(input: unknown): CanaryStart | { refused: Reason } {
  try {
    return parseWith(CanaryStart, input)
  } catch (error) {
    return { refused: { code: 'input', sentence: error instanceof Error ? error.message : String(error) } }
  }
}

function find(start: CanaryStart, { hostnames }: Configuration): { hostname: HostnamePolicy; wish: Wish } | { refused: Reason } {
  if ('service' in start) {
    const hostname = hostnames.find(({ service }) => service?.name === start.service)
    if (hostname !== undefined) return { hostname, wish: { kind: 'version', version: start.version } }
    const services = hostnames.flatMap(({ service }) => service?.name ?? [])
    return { refused: unknown('service', start.service, services) }
  }
  const hostname = hostnames.find((candidate) => candidate.hostname === start.hostname)
  if (hostname === undefined) {
    const names = hostnames.map((candidate) => candidate.hostname)
    return { refused: unknown('hostname', start.hostname, names) }
  }
  const providers = hostname.providers.map(({ provider }) => provider)
  if (!providers.includes(start.provider)) return { refused: unknown('provider', start.provider, providers) }
  return { hostname, wish: { kind: 'provider', provider: start.provider, part: start.part } }
}

function unknown(place: string, seen: string, allowed: readonly string[]): Reason {
  return { code: 'unknown-name', sentence: unknownName(`input.${place}`, seen, allowed) }
}

function waits(hostname: string, generation: number, sentence: string): TaskAnswer {
  return { hostname, generation, turn: 0, next: 'Begin', waitSeconds: LOOK_SECONDS, sentence }
}

function refused(hostname: string, reasons: readonly Reason[]): TaskAnswer {
  const sentence = `refused: ${reasons.map((reason) => reason.sentence).join('; ')}`
  return { hostname, generation: 0, turn: 0, next: 'Done', waitSeconds: 0, sentence }
}
