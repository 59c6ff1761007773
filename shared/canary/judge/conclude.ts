// What the evidence amounts to: fail before common mode's end, noData before pass, hold when nothing else.
import type { JudgeMinute } from '#model/judge-minute.ts'
import { type JudgeSettings, maxRatioOf } from '#model/judge-settings.ts'
import type { JudgeState } from '#model/judge-state.ts'
import type { Reason } from '#model/reason.ts'
import type { Verdict } from '#model/verdict.ts'
import { evidenceOf } from './advance-metric.ts'
import { isAlone, limitAlone } from './bets.ts'
import { countMinute } from './count-minute.ts'
import { countsText, logsText, type Numbers } from './evidence-text.ts'
import { guardEvidence } from './guard.ts'
import { logMean } from './log-mean.ts'

export type Facts = {
  readonly minute: JudgeMinute
  readonly settings: JudgeSettings
  readonly isCounted: boolean
  /** Not newer than the last one. */
  readonly isLate?: boolean
  readonly missing?: Reason | undefined
  /** In common mode since this minute. */
  readonly commonSince?: number
}

/** The order is the precedence. */
export function conclude(state: JudgeState, facts: Facts): { state: JudgeState; verdict: Verdict } {
  const { minute, settings, isLate, missing, commonSince } = facts
  const numbers = numbersOf(state, facts)
  const because = (code: string, ...what: readonly string[]): { reason: Reason } => ({
    reason: { code, sentence: [...what, countsText(numbers), logsText(numbers)].filter((part) => part !== '').join('; ') },
  })
  const say = (verdict: Verdict) => ({ state, verdict })

  if (state.failed !== undefined) {
    const { minute: since, reason } = state.failed
    return say({
      ...numbers,
      verdict: 'fail',
      since,
      reason: { code: 'failed-before', sentence: `failed before: ${reason.sentence}` },
    })
  }
  if (isLate === true)
    return say({ ...numbers, verdict: 'hold', ...because('judged-before', 'this minute, or a later one, was judged before') })
  if (minute.frozen !== undefined) return say({ ...numbers, verdict: 'hold', ...because('frozen', `not judged: ${minute.frozen}`) })
  if (commonSince !== undefined)
    return say({
      ...numbers,
      verdict: 'commonMode',
      since: commonSince,
      ...because('common-mode', `both arms are above ${settings.guardFailureRatio} failures: not counted`),
    })
  if (numbers.logE >= numbers.limit) {
    const failed = { minute: minute.minute, ...because('worse', `the canary is worse than tolerated (${limitsText(settings, minute)})`) }
    return { state: { ...state, failed }, verdict: { ...numbers, verdict: 'fail', since: minute.minute, reason: failed.reason } }
  }
  if (missing !== undefined) return say({ ...numbers, verdict: 'noData', ...because(missing.code, missing.sentence) })
  if (numbers.passLogE >= numbers.passLimit)
    return say({ ...numbers, verdict: 'pass', ...because('fine', `the canary is better than what must not pass (${passText(settings)})`) })
  return say({ ...numbers, verdict: 'hold', ...because('undecided', 'not enough evidence yet') })
}

function numbersOf(state: JudgeState, { minute, settings, isCounted }: Facts): Numbers {
  const metrics = Object.fromEntries(settings.metrics.map(({ name }) => [name, evidenceOf(state.metrics[name] ?? [])]))
  const guard = state.guard === undefined ? undefined : guardEvidence(state.guard)
  const stakes = [
    ...settings.metrics.filter(({ aborts }) => aborts).map(({ name, weight }) => ({ logE: metrics[name]?.logE ?? 0, weight })),
    ...(guard === undefined ? [] : [{ logE: guard.canary, weight: 1 }]),
  ]
  const failures = settings.metrics.find(({ kind }) => kind === 'failures')
  const counted = failures === undefined ? undefined : countMinute(minute, failures)
  const { canary, control } = minute
  const requests = (canary?.requests ?? 0) + (control?.requests ?? 0)
  const pair = counted?.pairs[0]
  return {
    minute: minute.minute,
    isCounted,
    ...(counted === undefined ? {} : { unit: counted.unit }),
    ...(canary === undefined
      ? {}
      : { canary: { requests: canary.requests, ...(pair === undefined ? {} : { failures: pair.canary.bad }) } }),
    ...(control === undefined
      ? {}
      : { control: { requests: control.requests, ...(pair === undefined ? {} : { failures: pair.control.bad }) } }),
    ...(canary === undefined || control === undefined || requests === 0 ? {} : { share: canary.requests / requests }),
    // Nothing to bet with is no evidence, not certainty.
    logE:
      stakes.length === 0
        ? 0
        : logMean(
            stakes.map(({ logE }) => logE),
            stakes.map(({ weight }) => weight),
          ),
    limit: Math.log(1 / settings.alpha),
    passLogE: Math.min(...settings.metrics.filter(({ critical }) => critical).map(({ name }) => metrics[name]?.passLogE ?? 0)),
    passLimit: Math.log(1 / settings.beta),
    metrics,
    ...(guard === undefined ? {} : { guard }),
    counted: state.counted,
  }
}

function limitsText(settings: JudgeSettings, { canary, control }: JudgeMinute): string {
  const { toleratedRatio, guardFailureRatio, alpha } = settings
  const isHeld =
    guardFailureRatio === undefined && canary !== undefined && control !== undefined && isAlone(canary.requests, control.requests)
  const alone = isHeld ? limitAlone(settings) : undefined
  const limits = [
    `${toleratedRatio} times the control`,
    ...(guardFailureRatio === undefined ? [] : [`${guardFailureRatio} of its requests`]),
    ...(alone === undefined ? [] : [`${alone} of its requests while no control is left`]),
  ]
  return `${limits.join(' or ')}; a canary that is not would be judged so with a chance of ${alpha} at most`
}

function passText(settings: JudgeSettings): string {
  const { maxFailureRatio, beta } = settings
  const limits = [
    `${maxRatioOf(settings)} times the control`,
    ...(maxFailureRatio === undefined ? [] : [`${maxFailureRatio} of its requests`]),
  ]
  return `${limits.join(' or ')}; one that is not would be judged so with a chance of ${beta} at most`
}
