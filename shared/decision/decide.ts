// Decides the shares of one provider set from its signals, its memory and the overrides in force. Pure: `nowSeconds` is an argument.
import type { Decision, ProviderDecision } from '#model/decision.ts'
import type { SetMemory } from '#model/memory.ts'
import { deadTimeSeconds } from '#model/policy.ts'
import { type Choice, choose } from './choose.ts'
import type { DecisionInput, DecisionOutput } from './decision-input.ts'
import type { Member } from './member.ts'
import { memberOf } from './member-of.ts'
import { nextSet } from './next-set.ts'
import { notices } from './notices.ts'
import { offers } from './offers.ts'
import { providerDecisions } from './provider-decisions.ts'
import { standing as standingOf } from './standing.ts'
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
  const providers = providerDecisions(input, after, choice, standing, set, { isByBias, isRelieved })
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
      signalsRequired: required,
      signalsMissing: missing,
      inputs: input.providers.flatMap(({ provider }) => input.signals.filter((one) => one.provider === provider.name)),
    },
    memory: {
      providers: Object.fromEntries(after.map(({ name, memory }) => [name, memory])),
      set: nextSet(input, set, after, choice, { deadSeconds, reason }),
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

/** A provider that fails and loses share remembers when: further cuts and offers wait for that. */
function remembered(member: Member, choice: Choice, index: number, nowSeconds: number): Member {
  const isCut = choice.isChange && member.memory.isBad && (choice.shares[index] ?? 0) < (member.standing ?? 0)
  return isCut ? { ...member, memory: { ...member.memory, lastCutAt: nowSeconds } } : member
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
