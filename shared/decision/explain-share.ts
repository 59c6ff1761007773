// The sentence behind one provider's share: written once, from the numbers, printed everywhere.
import type { Condition } from '#model/condition.ts'
import type { Reason } from '#model/reason.ts'
import { hasReported, missingText } from './condition-of.ts'
import type { Member } from './member.ts'
import { percent, rate, share as shareText } from './number-text.ts'

export type ShareFacts = {
  readonly member: Member
  readonly condition: Condition
  readonly before: number
  readonly after: number
  /** Its records have the part of all that they had: what is withheld beside them may still make that a larger share. */
  readonly isRecordKept: boolean
  readonly estimateBefore: number
  readonly estimate: number
  /** Predicted load ÷ estimate under the new shares; undefined while the demand is unknown. */
  readonly predictedUtilisation: number | undefined
  readonly isInitial: boolean
  /** Measured ÷ intended share, as the new shares allow for it; 1 where nothing is proven or nothing changes. */
  readonly bias: number
  /** Without the bias nothing would change. */
  readonly isByBias: boolean
  /** An operator's drain was in force when the shares were last decided. */
  readonly wasDrained: boolean
  /** Those that fail get less than their estimate for now, so that the backlog of cached answers drains. */
  readonly isRelieved: boolean
  /** Set when the velocity bound shortened the move. */
  readonly isVelocityBound: boolean
}

/** Shares closer than this are printed alike. */
const SAME = 0.0005

/** @param others the rest of the set, for the half sentence that says who takes what this one gives up */
export function explainShare(facts: ShareFacts, others: readonly ShareFacts[]): Reason {
  const { member, before, after } = facts
  if (facts.isInitial) {
    const part = `${member.name} begins with ${shareText(after)}`
    return { code: 'initial', sentence: `${part}: rated at ${rate(member.rating)} requests/s; ${facts.condition.reason.sentence}` }
  }
  const isSame = Math.abs(after - before) < SAME
  const move = isSame ? `${member.name} stays at ${shareText(after)}` : `${member.name} ${shareText(before)} → ${shareText(after)}`
  const { code, text } = why(facts, others, isSame)
  const bound = facts.isVelocityBound && !isSame ? ', as far as one step may go' : ''
  const leaned = Math.abs(facts.bias - 1) < SAME ? '' : `, leaning against clients that bring ${leaning(facts)}`
  if (!facts.isByBias || isSame) return { code, sentence: `${move}: ${text}${leaned}${bound}` }
  return { code: 'bias', sentence: `${move}: clients bring ${leaning(facts)}, and the shares lean against that; ${text}${bound}` }
}

function leaning({ bias }: ShareFacts): string {
  return `${bias.toFixed(2)} times the share its records ask for`
}

function why(facts: ShareFacts, others: readonly ShareFacts[], isSame: boolean): { readonly code: string; readonly text: string } {
  const { member, condition, estimate, estimateBefore, before, after } = facts
  const { memory, reading } = member
  const estimates =
    Math.abs(estimate - estimateBefore) < 0.5 ? `estimate ${rate(estimate)}` : `estimate ${rate(estimateBefore)} → ${rate(estimate)}`
  const inOwnWords = condition.reason.sentence.slice(member.name.length + 1)
  switch (condition.kind) {
    case 'unknown':
      if (facts.wasDrained && after > before) return { code: 'undrained', text: undrained(facts) }
      if (isSame && !hasReported(member)) return { code: condition.reason.code, text: inOwnWords }
      return { code: condition.reason.code, text: `${isSame ? 'keeps its share' : notKept(facts, others)}: ${missingText(member)}` }
    case 'drained':
      return { code: condition.reason.code, text: inOwnWords }
    case 'down':
      return { code: condition.reason.code, text: `${inOwnWords}${isSame ? '' : takenBy(others)}` }
    case 'degraded':
    case 'serving': {
      if (memory.isBad) {
        const load = reading.load ?? memory.load?.value ?? 0
        const served = Math.max(0, load - memory.failing)
        const failed = `${rate(served)} of ${rate(load)} requests/s served (${percent(load > 0 ? Math.min(1, memory.failing / load) : 1)} failed)`
        const relief = facts.isRelieved ? ', for now less than that asks for, so that cached answers drain' : ''
        return { code: 'failing', text: `${failed}, ${estimates}${relief}${after < before && !isSame ? takenBy(others) : ''}` }
      }
      const full = facts.predictedUtilisation === undefined ? '' : `, at ${facts.predictedUtilisation.toFixed(2)} of its capacity`
      return { code: condition.reason.code, text: `${inOwnWords}, ${estimates}${full}` }
    }
  }
}

/** It has no share to keep: the capacity last known must do. */
function undrained({ member, estimate }: ShareFacts): string {
  const missing = member.reading.missing.join(', ')
  return `nobody drains it any more; while nothing is known of its ${missing} it gets its part by the capacity last known, ${rate(estimate)} requests/s`
}

/** Why one of which too little is known does not stay where it is. */
function notKept({ member, before, after, estimate, isRecordKept }: ShareFacts, others: readonly ShareFacts[]): string {
  if (isRecordKept) return 'its records keep their part, which is more beside what is withheld now'
  const comes = others.filter((other) => other.condition.kind === 'unknown' && other.before < SAME && other.after > SAME)
  if (after < before && comes.length > 0) return `makes room for ${comes.map((other) => other.member.name).join(' and ')}`
  const basis = hasReported(member) ? 'the capacity last known' : 'its rating'
  return `cannot keep its share and gets its part by ${basis}, ${rate(estimate)} requests/s`
}

function takenBy(others: readonly ShareFacts[]): string {
  const takers = others.filter(({ after, before, predictedUtilisation }) => after > before + SAME && predictedUtilisation !== undefined)
  if (takers.length === 0) return ''
  const said = takers.map(
    ({ member, predictedUtilisation }) => `${member.name} at ${(predictedUtilisation ?? 0).toFixed(2)} of its capacity`,
  )
  if (takers.length > 1) return `; the rest goes to ${said.slice(0, -1).join(', ')} and ${said.at(-1)}`
  return `; ${takers[0]?.member.name} takes the rest at ${(takers[0]?.predictedUtilisation ?? 0).toFixed(2)} of its capacity`
}
