// Judge: from the verdict on the closed minutes to the transition, with the clocks of the step and the words of operators.
import type { Canary, CanaryRow, NextState } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Stepped } from './answer.ts'
import { answeredVerdict } from './current-verdict.ts'
import { dwellMinutesOf } from './dwell-minutes.ts'
import type { Facts } from './facts.ts'
import { closedGate, withCheck } from './gate.ts'
import { lastBake } from './last-bake.ts'
import { restore } from './restore.ts'
import { nameOf } from './shares-at.ts'
import { stillnessOf, withStillness } from './stillness.ts'

export function onJudge(before: CanaryRow, facts: Facts): Stepped {
  const row = observed(before, facts)
  const { canary } = row
  const { strategy } = canary
  const name = nameOf(canary.subject, row.hostname)
  const stay = (code: string, sentence: string) => to(row, 'Bake', { code, sentence: `${name}: ${sentence}` })
  const back = (code: string, sentence: string) => restore(row, { code, sentence }, facts)

  // Fail is absorbing: nothing that comes later, and nobody's word, undoes it.
  const { verdict } = canary
  if (verdict?.verdict === 'fail') return back('failed', verdict.reason.sentence)
  const dwellMinutes = dwellMinutesOf(canary, facts.nowSeconds)
  const still = stillnessOf(canary, facts.nowSeconds)
  if (still !== undefined) {
    const stillMinutes = (facts.nowSeconds - (canary.still?.since ?? facts.nowSeconds)) / 60
    if (stillMinutes >= still.mostMinutes) return back(`${still.code}-too-long`, `for ${stillMinutes.toFixed(0)} minutes ${still.sentence}`)
    return stay(still.code, still.sentence)
  }
  // Still before the first step, because something kept it.
  if (canary.step < 0) return to(row, 'Shift', { code: 'goes-on', sentence: `${name}: goes on` })
  if (canary.phase === 'lastBake')
    return lastBake(canary, facts, {
      stay,
      back,
      finish: (code, sentence) => to(row, 'Finish', { code, sentence: `${name}: ${sentence}` }),
    })

  const isLast = canary.step === canary.steps.length - 1
  // What the judge said before it fell silent is of then: a pass of an hour ago is no evidence that all is well now.
  const isHeard = answeredVerdict(canary, facts) !== undefined
  const hasData = isHeard && canary.judge.counted > canary.countedBefore && verdict?.verdict !== 'noData'
  if (canary.promoteAsked !== undefined && hasData)
    return to(row, 'Promote', { code: 'promote', sentence: `${name}: promotion asked for by ${canary.promoteAsked.author}` })
  if (facts.check !== undefined && 'allow' in facts.check && !facts.check.allow)
    return back('check-refused', `the check at ${canary.steps[canary.step]} % says no: ${facts.check.reason}`)
  const gate = closedGate(canary)
  if (gate !== undefined) {
    if (dwellMinutes >= gate.deadlineMinutes)
      return back('gate-closed', `nobody approved ${gate.atPercent} % within ${gate.deadlineMinutes} minutes${troubleText(facts)}`)
    if (gate.check !== undefined)
      return stay('check', `waits for the check ${gate.check.function} at ${gate.atPercent} %${troubleText(facts)}`)
    return stay('gate', `waits for an approval at ${gate.atPercent} %, until ${gate.deadlineMinutes} minutes have passed`)
  }
  if (dwellMinutes >= strategy.minDwellMinutes && hasData) {
    if (!isLast) return to(row, 'Shift', { code: 'advance', sentence: `${name}: ${verdict?.reason.sentence ?? 'no failure seen'}` })
    if (verdict?.verdict === 'pass') {
      if (canary.steps[canary.step] === 100) return passedAtAll(row, `${name}: at 100 % ${verdict.reason.sentence}`, facts.nowSeconds)
      return to(row, 'Promote', { code: 'passed', sentence: verdict.reason.sentence })
    }
  }
  if (dwellMinutes >= strategy.maxDwellMinutes) {
    const lacks = hasData ? `no pass within ${strategy.maxDwellMinutes} minutes` : `no data within ${strategy.maxDwellMinutes} minutes`
    if (strategy.onMaxDwell === 'rollback') return back('no-evidence', lacks)
    if (dwellMinutes >= strategy.maxDwellMinutes + strategy.holdMinutes) return back('nobody-came', `${lacks}, and nobody decided`)
    return stay('waits-for-person', `${lacks}: waits ${strategy.holdMinutes} minutes for a person to promote or abort`)
  }
  if (facts.judged === undefined) return stay('baking', 'the judge has not answered: nothing goes forward without it')
  return stay('baking', verdict?.reason.sentence ?? 'no closed minute yet')
}

/** It has everything already, where blueGreen gave it all at once: nothing is left to write, and the bake begins. */
function passedAtAll(row: CanaryRow, sentence: string, nowSeconds: number): Stepped {
  const reason = { code: 'promoted', sentence }
  const since = { phaseSince: nowSeconds, stepSince: nowSeconds, frozenSeconds: 0, countedBefore: row.canary.judge.counted }
  const canary: Canary = { ...row.canary, ...since, phase: 'lastBake', outcome: 'promoted', next: 'Bake', reason }
  return { row: { ...row, canary }, next: 'Bake', isWrite: false, news: [reason] }
}

function troubleText({ check }: Facts): string {
  return check !== undefined && 'trouble' in check ? `: ${check.trouble}` : ''
}

/** What the tick brought: the judge's state, what the canary cost, and whether the time since the last tick counts. */
function observed(row: CanaryRow, { nowSeconds, judged, unhealthy, check }: Facts): CanaryRow {
  const { canary } = row
  const { frozen: _before, ...rest } = canary
  const seen: Canary = {
    ...rest,
    ...(unhealthy === undefined ? {} : { frozen: unhealthy }),
    ...(judged === undefined ? {} : { judge: judged.state }),
    ...(judged?.verdict === undefined ? {} : { verdict: judged.verdict }),
    ...(judged?.observed === undefined || judged.observed.total === 0
      ? {}
      : { observedShare: judged.observed.canary / judged.observed.total }),
    tickAt: nowSeconds,
  }
  const allows = check !== undefined && 'allow' in check && check.allow
  const next = withStillness(withCheck(seen, allows), nowSeconds)
  const frozenSeconds = canary.frozenSeconds + (next.still === undefined ? 0 : nowSeconds - canary.tickAt)
  return { ...row, canary: { ...next, frozenSeconds } }
}

function to(row: CanaryRow, next: NextState, reason: Reason): Stepped {
  const isNews = reason.code !== row.canary.reason.code
  return { row: { ...row, canary: { ...row.canary, next, reason } }, next, isWrite: false, news: isNews ? [reason] : [] }
}
