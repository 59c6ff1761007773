// What a person should know of a decision beyond the shares. Each code is also a metric.
import type { Policy } from '#model/policy.ts'
import type { Reason } from '#model/reason.ts'
import type { Choice } from './choose.ts'
import { isRed, type Member } from './member.ts'
import { percent, rate } from './number-text.ts'
import type { Standing } from './standing.ts'
import type { Target } from './target-shares.ts'

export type NoticeInput = {
  readonly standing: Standing
  readonly target: Target | undefined
  readonly choice: Choice
  readonly missing: number
  readonly required: number
  readonly isBlind: boolean
  readonly policy: Policy
}

export function notices({ standing, target, choice, missing, required, isBlind, policy }: NoticeInput): Reason[] {
  const { members, demand, isPanic } = standing
  const found: Reason[] = []
  const notice = (code: string, sentence: string) => found.push({ code, sentence })
  if (isPanic) {
    const red = members.filter(isRed)
    const left = nominal(members.filter(({ memory }) => !memory.isDown))
    const doubt = `the checks of ${names(red)} are red and ${rate(left)} of ${rate(nominal(members))} requests/s of capacity would be left`
    notice('panic', `${doubt}: the checks are doubted and the shares follow nominal capacity`)
  }
  if (target === undefined) notice('nobody-may-serve', 'every provider is down or drained: the shares stay as they are')
  if (isBlind) notice('signals-missing', `${missing} of ${required} required signals are missing: no change is made on signals`)
  if (target?.isHeld) notice('all-failing', 'every provider in service fails: the shares hold, because nobody is better off elsewhere')
  const inUse = (member: Member, i: number) => !member.memory.isDown && (choice.shares[i] ?? 0) > 0
  const capacity = members.reduce((sum, member, i) => sum + (inUse(member, i) ? (target?.capacities[i] ?? 0) : 0), 0)
  if (demand !== undefined && capacity > 0 && demand > policy.guards.ceiling * capacity) {
    const ratio = percent(demand / capacity)
    notice(
      'insufficient-capacity',
      `${rate(demand)} requests/s meet ${rate(capacity)} of capacity (${ratio}); the ceiling is ${percent(policy.guards.ceiling)}`,
    )
  }
  if (choice.isVelocityBound) {
    const { maxRemoval, maxGrowth } = policy.guards
    notice(
      'velocity',
      `the change was shortened: at most ${percent(maxRemoval)} taken away per dead time and ${percent(maxGrowth)} gained per tick`,
    )
  }
  return found
}

function nominal(members: readonly Member[]): number {
  return members.reduce((sum, { memory }) => sum + memory.nominal, 0)
}

function names(members: readonly Member[]): string {
  return members.map(({ name }) => name).join(' and ')
}
