// What was decided for each provider, with the role its records play and the reason behind its number.
import type { ProviderDecision, ShareRole } from '#model/decision.ts'
import type { SetMemory } from '#model/memory.ts'
import type { Choice } from './choose.ts'
import { conditionOf } from './condition-of.ts'
import type { DecisionInput } from './decision-input.ts'
import { effectiveCapacity } from './estimate.ts'
import { explainShare, type ShareFacts } from './explain-share.ts'
import { isDownByCheck, type Member } from './member.ts'
import type { Standing } from './standing.ts'

const SAME = 1e-9

export function providerDecisions(
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
  const before = standingShares(members, roles, policy.guards.returnWeight)
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
      before: before[i] ?? 0,
      after,
      isRecordKept: Math.abs((choice.shares[i] ?? 0) - (member.standing ?? 0)) < SAME,
      estimateBefore: past === undefined ? estimate : effectiveCapacity({ memory: past, rating: member.rating }, policy.estimator),
      estimate,
      predictedUtilisation: demand === undefined || estimate <= 0 ? undefined : (demand * after) / estimate,
      isInitial: set === undefined,
      isByBias,
      isRelieved,
      wasDrained: set?.drained?.includes(member.name) === true,
      bias: choice.isChange ? (set?.bias?.[member.name] ?? 1) : 1,
      isVelocityBound: choice.isVelocityBound,
    }
  })
  return facts.map((fact, i): ProviderDecision => {
    const { load: measured = 0 } = fact.member.reading
    return {
      provider: fact.member.name,
      condition: fact.condition,
      capacityEstimate: fact.estimate,
      role: roles[i] ?? 'none',
      shareBefore: fact.before,
      share: fact.after,
      ...(load === undefined || load <= 0 ? {} : { measuredShare: measured / load }),
      reason: explainShare(
        fact,
        facts.filter((other) => other !== fact),
      ),
    }
  })
}

/** What stood, counted as what is decided is: who was withheld and still is has no share of what is answered. */
function standingShares(members: readonly Member[], roles: readonly ShareRole[], returnWeight: number): number[] {
  const isStill = members.map(({ standing = 0 }, i) => roles[i] === 'withheld' && Math.abs(standing - returnWeight) < SAME)
  const visible = 1 - isStill.filter(Boolean).length * returnWeight
  return members.map(({ standing = 0 }, i) => (isStill[i] ? 0 : Math.min(1, standing / visible)))
}

function isCarried(role: ShareRole | undefined): boolean {
  return role === 'serving' || role === 'waiting'
}

/** Withheld: its records carry the return weight and its own red check keeps them back. */
function roleOf(member: Member, share: number, isPanic: boolean, returnWeight: number): ShareRole {
  if (share <= 0) return 'none'
  const isWithheld = isDownByCheck(member) && Math.abs(share - returnWeight) < SAME
  if (isWithheld) return 'withheld'
  return isDownByCheck(member) && !isPanic ? 'waiting' : 'serving'
}
