// Decides the shares of one provider set from its signals, its memory and the overrides in force. Pure: `nowSeconds` is an argument.
import type { Decision, ProviderDecision, ShareRole } from '#model/decision.ts'
import type { SetMemory } from '#model/memory.ts'
import { isInForce } from '#model/override.ts'
import { deadTimeSeconds } from '#model/policy.ts'
import { advanceProbe } from './advance-probe.ts'
import { advanceWindow, emptyMemory } from './advance-window.ts'
import { type Choice, choose, isAwaited } from './choose.ts'
import { conditionOf } from './condition-of.ts'
import type { DecisionInput, DecisionOutput, SetProvider } from './decision-input.ts'
import { effectiveCapacity } from './estimate.ts'
import { explainShare, type ShareFacts } from './explain-share.ts'
import { learnBias } from './learn-bias.ts'
import { isRed, type Member } from './member.ts'
import { notices } from './notices.ts'
import { offers } from './offers.ts'
import { reading } from './reading.ts'
import { type Standing, standing as standingOf } from './standing.ts'
import { targetShares } from './target-shares.ts'

/**
 * signals → what each can take → what each should get → whether that is worth a write → why.
 *
 * A window is integrated once: a second call on the same window changes nothing by itself, but answers a check or an override at once.
 */
export function decide(input: DecisionInput): DecisionOutput {
  const { policy, nowSeconds } = input
  const deadSeconds = deadTimeSeconds(policy.timing, input.ttlSeconds)
  const set = pastOf(input)
  const standing = standingOf(
    input.providers.map((entry) => memberOf(entry, input, set, deadSeconds)),
    policy.estimator,
    deadSeconds,
    nowSeconds,
  )
  const { members, demand } = standing
  const missing = members.reduce((sum, member) => sum + member.reading.missing.length, 0)
  const required = members.reduce((sum, member) => sum + member.reading.required, 0)
  const isBlind = missing * 2 > required
  const offered = offers(members, demand, policy.estimator, deadSeconds, nowSeconds)
  const target = targetShares(standing, offered, set, policy)
  const isUnseen = input.found === 'unseen'
  const choice = choose({ standing, target, set, isBlind, isUnseen, policy, deadSeconds, nowSeconds })
  const isByBias = choice.cause === 'signal' && choice.isChange && !isWantedWithoutBias()
  const after = members.map((member, i) => remembered(member, choice, i, nowSeconds))
  const isRelieved = choice.isChange && choice.cause === 'signal' && target?.isRelieved === true
  const providers = explain(input, after, choice, standing, set, { isByBias, isRelieved })
  const reason = headline(providers, choice, isUnseen)
  function isWantedWithoutBias(): boolean {
    if (set?.bias === undefined) return true
    const unbiased = targetShares(standing, offered, { ...set, bias: {} }, policy)
    return choose({ standing, target: unbiased, set, isBlind, isUnseen, policy, deadSeconds, nowSeconds }).isChange
  }
  return {
    decision: {
      set: input.set,
      at: nowSeconds,
      ...(demand === undefined ? {} : { demand }),
      isChange: choice.isChange,
      cause: choice.cause,
      providers,
      ...(choice.isChange || set?.lastChange === undefined ? {} : { lastChange: set.lastChange }),
      reason,
      notices: notices({ standing, target, choice, missing, required, isBlind, policy }),
      inputs: input.providers.flatMap(({ provider }) => input.signals.filter((one) => one.provider === provider.name)),
    },
    memory: {
      providers: Object.fromEntries(after.map(({ name, memory }) => [name, memory])),
      set: nextSet(input, set, after, choice, { isTierOpen: target?.isTierOpen ?? false, deadSeconds, reason }),
    },
  }
}

/**
 * What is remembered of the set. A set without memory, because it is new or because the table was lost, begins from what the records give
 * each provider, as though that had just been written: the estimator is cold, and what stands is no worse than it was.
 */
function pastOf({ set, memory, found, nowSeconds }: DecisionInput): SetMemory | undefined {
  if (memory.set !== undefined && Object.keys(memory.set.shares).length > 0) return memory.set
  return found === undefined || found === 'unseen' ? undefined : { set, shares: { ...found }, lastWriteAt: nowSeconds }
}

function memberOf(
  { provider, bounds }: SetProvider,
  { signals, memory, overrides, policy, nowSeconds }: DecisionInput,
  set: SetMemory | undefined,
  deadSeconds: number,
): Member {
  const { name, rating } = provider
  const read = reading(
    provider,
    signals.find((one) => one.provider === name),
    nowSeconds,
  )
  const past = advanceProbe(memory.providers[name] ?? emptyMemory(name, rating), read, deadSeconds, nowSeconds)
  return {
    name,
    rating,
    bounds,
    reading: read,
    memory: advanceWindow(past, read, { estimator: policy.estimator, guards: policy.guards, deadSeconds }),
    drain: overrides.find((one) => one.kind === 'drain' && one.provider === name && isInForce(one, nowSeconds)),
    standing: set?.shares[name],
  }
}

/** A provider that fails and loses share remembers when: further cuts and offers wait for that. */
function remembered(member: Member, choice: Choice, index: number, nowSeconds: number): Member {
  const isCut = choice.isChange && member.memory.isBad && (choice.shares[index] ?? 0) < (member.standing ?? 0)
  return isCut ? { ...member, memory: { ...member.memory, lastCutAt: nowSeconds } } : member
}

function nextSet(
  { set: id, nowSeconds, policy, isFollowed = true, isEditedByHand = false }: DecisionInput,
  set: SetMemory | undefined,
  members: readonly Member[],
  choice: Choice,
  { isTierOpen, deadSeconds, reason }: { readonly isTierOpen: boolean; readonly deadSeconds: number; readonly reason: Decision['reason'] },
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
    isTierOpen,
  }
}

/** Nobody knows since when the loads have followed other shares than those decided: what was learned may come from them. */
function unlearned({ bias: _bias, counts: _counts, ...rest }: SetMemory): SetMemory {
  return rest
}

function explain(
  input: DecisionInput,
  members: readonly Member[],
  choice: Choice,
  { demand, isPanic }: Standing,
  set: SetMemory | undefined,
  { isByBias, isRelieved }: { readonly isByBias: boolean; readonly isRelieved: boolean },
): ProviderDecision[] {
  const { policy, nowSeconds } = input
  const roles = members.map((member, i) => roleOf(member, choice.shares[i] ?? 0, isPanic, policy.guards.returnWeight))
  const forServing = 1 - roles.filter((role) => role === 'withheld').length * policy.guards.returnWeight
  const load = members.every(({ reading: read }) => read.load !== undefined)
    ? members.reduce((sum, { reading: read }) => sum + (read.load ?? 0), 0)
    : undefined
  const facts = members.map((member, i): ShareFacts => {
    const after = isCarried(roles[i]) ? (choice.shares[i] ?? 0) / forServing : 0
    const estimate = effectiveCapacity(member, policy.estimator)
    const past = input.memory.providers[member.name]
    return {
      member,
      condition: conditionOf(member, policy, nowSeconds),
      before: member.standing ?? 0,
      after,
      estimateBefore: past === undefined ? estimate : effectiveCapacity({ memory: past, rating: member.rating }, policy.estimator),
      estimate,
      predictedUtilisation: demand === undefined || estimate <= 0 ? undefined : (demand * after) / estimate,
      isInitial: set === undefined,
      isByBias,
      isRelieved: isRelieved && member.memory.isBad,
      isUndrained: member.drain === undefined && (set?.drained ?? []).includes(member.name),
      bias: choice.isChange ? (set?.bias?.[member.name] ?? 1) : 1,
      isVelocityBound: choice.isVelocityBound,
    }
  })
  return facts.map((fact, i): ProviderDecision => {
    const measured = fact.member.reading.load
    return {
      provider: fact.member.name,
      condition: fact.condition,
      capacityEstimate: fact.estimate,
      role: roles[i] ?? 'none',
      shareBefore: fact.before,
      share: fact.after,
      ...(load === undefined || load <= 0 || measured === undefined ? {} : { measuredShare: measured / load }),
      reason: explainShare(
        fact,
        facts.filter((other) => other !== fact),
      ),
    }
  })
}

function isCarried(role: ShareRole | undefined): boolean {
  return role === 'serving' || role === 'waiting'
}

/** Withheld: its records carry the return weight and its own red check keeps them back. */
function roleOf(member: Member, share: number, isPanic: boolean, returnWeight: number): ShareRole {
  if (share <= 0) return 'none'
  const isWithheld = member.memory.isDown && isRed(member) && Math.abs(share - returnWeight) < 1e-9
  if (isWithheld) return 'withheld'
  return member.memory.isDown && isRed(member) && !isPanic ? 'waiting' : 'serving'
}

/** The sentence of the provider that moved most; where nobody did, why not. */
function headline(providers: readonly ProviderDecision[], choice: Choice, isUnseen: boolean): Decision['reason'] {
  const distance = ({ share, shareBefore }: ProviderDecision) => shareBefore - share
  const first = providers.toSorted((a, b) => distance(b) - distance(a))[0]
  if (choice.isChange && first !== undefined) return first.reason
  const why: Partial<Record<Decision['cause'], string>> = {
    initial: isUnseen
      ? 'the first decision waits until somebody has looked at the records'
      : 'the first write waits until every health check has been seen once',
    'fail-static': 'more than half of the required signals are missing: the shares stay',
    hold: 'nobody is better off elsewhere: the shares hold',
  }
  return { code: choice.cause === 'signal' ? 'unchanged' : choice.cause, sentence: why[choice.cause] ?? 'no change is worth a write' }
}
