// What a provider is, in one word and one sentence with the numbers behind it.
import type { Condition } from '#model/condition.ts'
import type { Policy } from '#model/policy.ts'
import { isRed, isUnknown, type Member } from './member.ts'
import { duration, percent, rate } from './number-text.ts'

export function conditionOf(member: Member, policy: Policy, nowSeconds: number): Condition {
  const { name, memory, reading, drain } = member
  const red = isRed(member)
  const condition = (kind: Condition['kind'], code: string, sentence: string): Condition => ({
    kind,
    isRed: red,
    reason: { code, sentence: `${name} ${sentence}` },
  })
  if (drain !== undefined) return condition('drained', 'drained', `is drained by ${drain.author}: ${drain.reason}`)
  if (memory.isDown && memory.redSince !== undefined)
    return condition('down', 'probe-red', `is down: its checks have been red for ${duration(nowSeconds - memory.redSince)}`)
  if (memory.isDown) return condition('down', 'no-capacity', 'is down: it reports a capacity of 0 behind a green check')
  if (memory.redSince !== undefined) {
    const left = Math.max(0, policy.estimator.downAfterSeconds - (nowSeconds - memory.redSince))
    const sentence = `has been red for ${duration(nowSeconds - memory.redSince)}: Route 53 withholds it, it counts as down in ${duration(left)}`
    return condition('degraded', 'probe-red-briefly', sentence)
  }
  if (isUnknown(member)) {
    return condition('unknown', 'signals-missing', `${hasReported(member) ? 'is unknown' : 'has not reported yet'}: ${missingText(member)}`)
  }
  if (isFailing(member, policy, nowSeconds)) return condition('degraded', 'failing', failingSentence(member))
  if ((reading.utilisation ?? 0) > policy.guards.ceiling && memory.strainedWindows >= policy.estimator.strainWindows) {
    const sentence = `runs at ${percent(reading.utilisation ?? 0)} for ${memory.strainedWindows} windows, above the ceiling of ${percent(policy.guards.ceiling)}`
    return condition('degraded', 'strained', sentence)
  }
  if (memory.isRamping)
    return condition('serving', 'ramping', `is coming back: it may take ${rate(memory.limit ?? 0)} of ${rate(memory.nominal)} requests/s`)
  if (reading.load === 0) return condition('serving', 'serving', 'is well and reports no requests')
  return condition('serving', 'serving', `serves ${reading.load === undefined ? 'an unknown load' : `${rate(reading.load)} requests/s`}`)
}

/** Whether anything was ever known of it: before that there is no share that it could be said to keep. */
export function hasReported({ memory }: Member): boolean {
  return memory.load !== undefined || memory.capacity !== undefined
}

/** `load and errors are missing` */
export function missingText({ reading }: Member): string {
  return `${list(reading.missing)} ${reading.missing.length === 1 ? 'is' : 'are'} missing`
}

/** Failing for `strainWindows`, or failing enough that its share was cut for it. */
function isFailing({ memory }: Member, { estimator }: Policy, nowSeconds: number): boolean {
  if (memory.isBad) return memory.strainedWindows >= estimator.strainWindows || memory.lastCutAt === nowSeconds
  return memory.limit !== undefined && !memory.isRamping && memory.lastBadAt !== undefined
}

function failingSentence({ memory, reading }: Member): string {
  const load = reading.load ?? memory.load?.value ?? 0
  if (!memory.isBad) return `failed not long ago: it is held to ${rate(memory.limit ?? 0)} of ${rate(memory.nominal)} requests/s`
  return `fails ${percent(load > 0 ? Math.min(1, memory.failing / load) : 1)} of ${rate(load)} requests/s`
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
