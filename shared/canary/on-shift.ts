// Shift and Promote: the shares of the next step, or of 100 %, under the generation. Never while failover has the hostname.
import type { Canary, ControlRow } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Stepped } from './answer.ts'
import type { Facts } from './facts.ts'
import { nameOf, sharesAt, withShares } from './shares-at.ts'
import { waitOf } from './stillness.ts'

type InFlight = ControlRow & { readonly canary: Canary }

export function onShift(row: InFlight, facts: Facts): Stepped {
  const { canary } = row
  const step = canary.step + 1
  const percent = canary.steps[step]
  if (percent === undefined) throw new RangeError(`${row.hostname}: there is no step ${step + 1} of ${canary.steps.length}`)
  if (facts.unhealthy !== undefined) return frozen(row, facts.unhealthy, facts.nowSeconds)
  const wait = waitOf(canary, facts.nowSeconds)
  if (wait !== undefined) return waiting(row, wait, facts.nowSeconds)
  const reason = {
    code: 'shifted',
    sentence: `${nameOf(canary.subject, row.hostname)}: step ${step + 1} of ${canary.steps.length}, ${percentText(percent)}`,
  }
  return shifted(row, percent, { ...canary, step, countedBefore: canary.judge.counted }, reason, facts.nowSeconds)
}

export function onPromote(row: InFlight, facts: Facts): Stepped {
  const { canary } = row
  if (facts.unhealthy !== undefined) return frozen(row, facts.unhealthy, facts.nowSeconds)
  const wait = waitOf(canary, facts.nowSeconds)
  if (wait !== undefined) return waiting(row, wait, facts.nowSeconds)
  const why = canary.promoteAsked === undefined ? 'it passed' : `${canary.promoteAsked.author}: ${canary.promoteAsked.reason}`
  const reason = { code: 'promoted', sentence: `${nameOf(canary.subject, row.hostname)} gets 100 %: ${why}` }
  return shifted(row, 100, { ...canary, outcome: 'promoted', countedBefore: canary.judge.counted }, reason, facts.nowSeconds)
}

function shifted(row: InFlight, percent: number, canary: Canary, reason: Reason, nowSeconds: number): Stepped {
  const next = withShares(row, sharesAt(canary.subject, percent, row), 'canary', reason, nowSeconds)
  const phase = canary.outcome === 'promoted' ? 'promoting' : 'settling'
  return {
    row: { ...next, canary: { ...canary, phase, phaseSince: nowSeconds, frozenSeconds: 0, tickAt: nowSeconds, next: 'Settle', reason } },
    next: 'Settle',
    isWrite: true,
    news: [reason],
  }
}

/** The clock of the step goes on standing still: the tick that comes back finds it where it was. */
function frozen(row: InFlight, unhealthy: Reason, nowSeconds: number): Stepped {
  const reason = { code: 'frozen', sentence: `${nameOf(row.canary.subject, row.hostname)} waits: ${unhealthy.sentence}` }
  return {
    row: { ...row, canary: { ...row.canary, frozen: unhealthy, tickAt: nowSeconds, next: 'Bake', reason } },
    next: 'Bake',
    isWrite: false,
    news: row.canary.frozen === undefined ? [reason] : [],
  }
}

/** Said, or begun, since the last look: the next one at the step says until when. */
function waiting(row: InFlight, { code, sentence }: Reason, nowSeconds: number): Stepped {
  const reason = { code, sentence: `${nameOf(row.canary.subject, row.hostname)}: ${sentence}` }
  return {
    row: { ...row, canary: { ...row.canary, tickAt: nowSeconds, next: 'Bake', reason } },
    next: 'Bake',
    isWrite: false,
    news: [reason],
  }
}

export function percentText(percent: number): string {
  return `${Number(percent.toFixed(2))} %`
}
