// One order of the machine, an operator or reconcile: reads the row and the facts, asks the pure reducer, and takes the row on by one conditional write.
import { answerOf } from '#canary/answer.ts'
import { type Order, step } from '#canary/step.ts'
import { problemLine } from '#config/problem.ts'
import { BadEvent } from '#handler/bad-event.ts'
import { knownByName } from '#handler/known-name.ts'
import { tooLate } from '#handler/too-late.ts'
import { type CanaryRow, type ControlRow, isInFlight } from '#model/canary.ts'
import type { CanaryOrder, StepTask, TaskAnswer } from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import { type Gathering, gatherFacts, withJudged } from './gather-facts.ts'
import { keepJudged } from './keep-judged.ts'
import type { StepPorts } from './step-ports.ts'

/** Somebody may take the row on while the facts are read: an operator beside the machine. Then the order is looked at again. */
const ATTEMPTS = 3

/** @throws BadEvent when an operator's order fits no canary in flight; nothing is written then */
export async function stepCanary(request: StepTask | CanaryOrder, ports: StepPorts): Promise<TaskAnswer> {
  const configuration = await ports.configuration.load()
  if ('action' in request) checkOrder(request, configuration, ports.clock.nowSeconds())
  const hostname = 'event' in request ? (request.canary?.hostname ?? '') : request.hostname
  const policy = configuration.hostnames.find((candidate) => candidate.hostname === hostname)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { value: row, revision } = hostname === '' ? { value: undefined, revision: 0 } : await ports.rows.get(hostname)
    const inFlight = rowFor(request, row)
    if (inFlight === undefined || policy === undefined) return superseded(hostname, row)
    const answer = await carryOut(request, inFlight, revision, { hostname: policy, configuration }, ports)
    if (answer !== undefined) return answer
  }
  throw new Error(`${hostname}: the control row was changed ${ATTEMPTS} times while one order was carried out`)
}

/** Whether somebody's word is of now and about a hostname that there is. That an execution died is true however late it is heard of. */
function checkOrder({ action, time, hostname }: CanaryOrder, { hostnames, policy }: Configuration, nowSeconds: number): void {
  if (action === 'died') return
  knownByName('event.hostname', hostname, hostnames, (one) => one.hostname)
  const { tickSeconds } = policy.timing
  if (tooLate(action, time, nowSeconds, tickSeconds) === undefined) return
  const seen = `${time}, ${Math.abs(Math.round(nowSeconds - time))} s ${time > nowSeconds ? 'ahead' : 'ago'}`
  const allowed = `epoch seconds within ${tickSeconds} of now (${Math.floor(nowSeconds)}): a late order is not executed`
  throw new BadEvent(problemLine('event.time', { seen, allowed, mend: 'Look at what stands now, and say it again.' }))
}

/** The canary the order is about; undefined where the machine's own is no longer the one that holds the hostname. */
function rowFor(request: StepTask | CanaryOrder, row: ControlRow | undefined): CanaryRow | undefined {
  const isOwn = request.execution === undefined || row?.canary?.execution === request.execution
  if ('event' in request || request.action === 'died')
    return row?.canary !== undefined && isOwn ? { ...row, canary: row.canary } : undefined
  if (request.action === 'revert') return revertible(row, request)
  if (!isInFlight(row) || !isOwn) {
    const allowed = 'a hostname with a canary in flight'
    throw objection(
      `${request.hostname}, which has none`,
      allowed,
      `There is nothing to ${request.action}; sluice canary status shows all.`,
    )
  }
  return row
}

function revertible(row: ControlRow | undefined, { hostname, time }: CanaryOrder): CanaryRow {
  if (row?.canary?.phase === 'ended' && row.before !== undefined && time <= row.before.until) return { ...row, canary: row.canary }
  const seen = isInFlight(row) ? `${hostname}, whose canary is still in flight` : `${hostname}, which keeps nothing to go back to`
  throw objection(
    seen,
    'a hostname promoted within revertMinutes of its strategy',
    isInFlight(row) ? 'Abort it.' : 'Start a canary of the version before.',
  )
}

function objection(seen: string, allowed: string, mend: string): BadEvent {
  return new BadEvent(problemLine('event.hostname', { seen, allowed, mend }))
}

async function carryOut(
  request: StepTask | CanaryOrder,
  row: CanaryRow,
  revision: number,
  where: Pick<Gathering, 'hostname' | 'configuration'>,
  ports: StepPorts,
): Promise<TaskAnswer | undefined> {
  if (row.canary.phase === 'ended' && !('action' in request && request.action === 'revert')) return answerOf(row)
  const isJudging = 'event' in request && request.event === 'judge' && row.canary.step >= 0 && row.canary.phase !== 'rollingBack'
  const { facts, minutes } = await gatherFacts({ ...where, row, isJudging }, ports)
  const order = orderOf(request, facts.nowSeconds)
  const asJudged = step(row, order, facts)
  if (asJudged.kind === 'repeated') return answerOf(asJudged.row)
  const kept = await keepJudged(row, { minutes, revision, at: facts.nowSeconds }, ports.journal)
  const result = kept === undefined ? asJudged : step(row, order, withJudged(facts, kept))
  if (result.kind === 'repeated') return answerOf(result.row)
  const { refused } = result
  if (refused === undefined && !(await ports.rows.advance(result.row, revision))) return undefined
  if (result.isWrite)
    await ports.rebalancer.rebalance(row.hostname, row.canary.execution).catch((error) => ports.onTrouble('rebalance', error))
  const { hostname, generation } = result.row
  const { execution } = row.canary
  const at = facts.nowSeconds
  for (const reason of result.news) await ports.journal.append({ kind: 'canary', at, hostname, execution, generation, reason })
  if (result.news.length > 0) await ports.news.tell(result.row, result.news).catch((error) => ports.onTrouble('events', error))
  return { ...answerOf(result.row), ...(refused === undefined ? {} : { isRefused: true, sentence: refused.sentence }) }
}

function orderOf(request: StepTask | CanaryOrder, nowSeconds: number): Order {
  if ('event' in request) return { kind: 'machine', event: request.event, turn: request.canary?.turn ?? 0 }
  const { action, author, reason } = request
  return { kind: 'operator', action, by: { author, reason, at: nowSeconds } }
}

function superseded(hostname: string, row: ControlRow | undefined): TaskAnswer {
  const sentence =
    row === undefined
      ? 'no canary of this execution holds a hostname'
      : `${hostname}: this execution no longer holds it; generation ${row.generation} stands`
  return { hostname, generation: row?.generation ?? 0, turn: 0, next: 'Done', waitSeconds: 0, sentence }
}
