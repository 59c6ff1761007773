// Shift and Promote: the shares of the next step, or of 100 %, under the generation. Never while failover has the hostname.
import type { Canary, CanaryRow } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Stepped } from './answer.ts'
import { currentVerdict } from './current-verdict.ts'
import { noBudgetFor } from './exposure.ts'
import type { Facts } from './facts.ts'
import { percentText } from './percent-text.ts'
import { restore } from './restore.ts'
import { nameOf, sharesAt, withShares } from './shares-at.ts'
import { waitOf } from './stillness.ts'

export function onShift(row: CanaryRow, facts: Facts): Stepped {
  const { canary } = row
  const step = canary.step + 1
  const percent = canary.steps[step]
  if (percent === undefined) throw new RangeError(`${row.hostname}: there is no step ${step + 1} of ${canary.steps.length}`)
  const kept = keptBack(row, facts)
  if (kept !== undefined) return kept
  const unbudgeted = noBudgetFor(canary, percent, facts)
  if (unbudgeted !== undefined) return restore(row, unbudgeted, facts)
  const reason = {
    code: 'shifted',
    sentence: `${nameOf(canary.subject, row.hostname)}: step ${step + 1} of ${canary.steps.length}, ${percentText(percent)}`,
  }
  return shifted(row, percent, { ...canary, step, countedBefore: canary.judge.counted }, reason, facts)
}

export function onPromote(row: CanaryRow, facts: Facts): Stepped {
  const { canary } = row
  const kept = keptBack(row, facts)
  if (kept !== undefined) return kept
  const unbudgeted = noBudgetFor(canary, 100, facts)
  if (unbudgeted !== undefined) return restore(row, unbudgeted, facts)
  const why = canary.promoteAsked === undefined ? 'it passed' : `${canary.promoteAsked.author}: ${canary.promoteAsked.reason}`
  const reason = { code: 'promoted', sentence: `${nameOf(canary.subject, row.hostname)} gets 100 %: ${why}` }
  return shifted(row, 100, { ...canary, outcome: 'promoted', countedBefore: canary.judge.counted }, reason, facts)
}

function shifted(row: CanaryRow, percent: number, canary: Canary, reason: Reason, facts: Facts): Stepped {
  const { nowSeconds } = facts
  const next = withShares(row, sharesAt(canary.subject, percent, row), 'canary', reason, nowSeconds)
  const phase = canary.outcome === 'promoted' ? 'promoting' : 'settling'
  const asked = canary.subject.kind === 'provider' ? { asked: { before: facts.writtenShare ?? 0 } } : {}
  const since = { phaseSince: nowSeconds, frozenSeconds: 0, tickAt: nowSeconds }
  return {
    row: { ...next, canary: { ...canary, ...since, ...asked, phase, next: 'Settle', reason } },
    next: 'Settle',
    isWrite: true,
    news: [reason],
  }
}

/** By failover, by somebody's word or by the calendar, said or begun since the last look: the next one at the step says until when. */
function keptBack(row: CanaryRow, facts: Facts): Stepped | undefined {
  const { canary } = row
  const { unhealthy, nowSeconds } = facts
  const name = nameOf(canary.subject, row.hostname)
  // The clock of the step goes on standing still: the tick that comes back finds it where it was.
  const back = (still: Canary, reason: Reason, news: readonly Reason[]): Stepped => ({
    row: { ...row, canary: { ...still, tickAt: nowSeconds, next: 'Bake', reason } },
    next: 'Bake',
    isWrite: false,
    news,
  })
  if (unhealthy !== undefined) {
    const reason = { code: 'frozen', sentence: `${name} waits: ${unhealthy.sentence}` }
    return back({ ...canary, frozen: unhealthy }, reason, canary.frozen === undefined ? [reason] : [])
  }
  const wait = waitOf(canary, nowSeconds)
  if (wait !== undefined) {
    const reason = { code: wait.code, sentence: `${name}: ${wait.sentence}` }
    return back(canary, reason, [reason])
  }
  // An execution that was driven on later has its leave from a judge who saw another time.
  if (canary.step >= 0 && currentVerdict(canary, facts) === undefined) {
    const reason = { code: 'late', sentence: `${name} is looked at again: the last verdict is too old to go on by` }
    return back(canary, reason, [reason])
  }
  return undefined
}
