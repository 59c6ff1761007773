// What the next decision has to remember of the whole set.
import type { Decision } from '#model/decision.ts'
import type { SetMemory } from '#model/memory.ts'
import { type Choice, isAwaited } from './choose.ts'
import type { DecisionInput } from './decision-input.ts'
import { learnBias } from './learn-bias.ts'
import type { Member } from './member.ts'

export function nextSet(
  { set: id, nowSeconds, policy, isFollowed = true, isEditedByHand = false }: DecisionInput,
  set: SetMemory | undefined,
  members: readonly Member[],
  choice: Choice,
  { deadSeconds, reason }: { readonly deadSeconds: number; readonly reason: Decision['reason'] },
): SetMemory {
  if (set === undefined && !choice.isChange) return { set: id, shares: {} }
  const notFollowedAt = isFollowed ? set?.notFollowedAt : nowSeconds
  const past = set !== undefined && isEditedByHand ? unlearned(set) : set
  const learned = past === undefined ? {} : learnBias(members, { ...past, notFollowedAt }, policy.estimator, deadSeconds, nowSeconds)
  const lastWriteAt = choice.isChange ? nowSeconds : set?.lastWriteAt
  const lastChange = choice.isChange ? { at: nowSeconds, cause: choice.cause, reason } : set?.lastChange
  return {
    set: id,
    shares: Object.fromEntries(members.map(({ name }, i) => [name, choice.shares[i] ?? 0])),
    ...learned,
    ...(lastWriteAt === undefined ? {} : { lastWriteAt }),
    ...(lastChange === undefined ? {} : { lastChange }),
    ...(notFollowedAt === undefined ? {} : { notFollowedAt }),
    ...(choice.tidySince === undefined ? {} : { tidySince: choice.tidySince }),
    drained: members.filter((member) => member.drain !== undefined || isAwaited(member, set)).map(({ name }) => name),
    ...(choice.removals === undefined ? {} : { removals: choice.removals }),
  }
}

/** Nobody knows since when the loads have followed other shares than those decided: what was learned may come from them. */
function unlearned({ bias: _bias, counts: _counts, ...rest }: SetMemory): SetMemory {
  return rest
}
