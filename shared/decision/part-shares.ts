// What becomes of a decision when a provider gets only part of its share, because a canary has yet to bring it in or is taking it out.
import type { Decision, ProviderDecision } from '#model/decision.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { heldSetId } from '#model/provider-set.ts'
import type { Split } from '#model/split.ts'
import { lossNotice } from './loss-notice.ts'
import { percent, share as share2 } from './number-text.ts'

/** The part of its capacity-proportional share that each provider of the hostname gets, 0–1; empty where all get all of it. */
export function partsOf(hostname: HostnamePolicy, split: Split | undefined): Record<string, number> {
  return Object.fromEntries(
    hostname.providers.flatMap(({ provider, entersBy }) => {
      const part = split?.providerParts[provider] ?? (entersBy === 'canary' ? 0 : 1)
      return part < 1 ? [[provider, part] as const] : []
    }),
  )
}

/**
 * Whoever gets part of its share leaves the rest to the others in proportion to theirs. Where no other may serve, the decision stands:
 * a part is a limit on a provider that has others beside it, and a name is always answered.
 */
export function partShares(decision: Decision, hostname: HostnamePolicy, split: Split | undefined): Decision | undefined {
  const parts = partsOf(hostname, split)
  if (Object.keys(parts).length === 0) return undefined
  const partly = (one: ProviderDecision, part: number) => (one.role === 'serving' ? one.share * part : one.share)
  const limited = decision.providers.map((one) => partly(one, parts[one.provider] ?? 1))
  const free = decision.providers.filter(({ role, provider }) => role === 'serving' && parts[provider] === undefined)
  const freeShare = free.reduce((sum, { share }) => sum + share, 0)
  if (freeShare <= 0) return undefined
  const given = decision.providers.reduce((sum, { share }, index) => sum + share - (limited[index] ?? 0), 0)
  const providers = decision.providers.map((one, index): ProviderDecision => {
    const part = parts[one.provider]
    if (part === undefined) return one.role === 'serving' ? { ...one, share: one.share * (1 + given / freeShare) } : one
    return one.role === 'serving' ? limitedProvider(one, limited[index] ?? 0, part, split) : one
  })
  const partial: Decision = { ...decision, set: heldSetId(hostname.hostname), providers }
  const loss = lossNotice(partial, decision)
  return loss === undefined ? partial : { ...partial, notices: [...partial.notices, loss] }
}

function limitedProvider(one: ProviderDecision, share: number, part: number, split: Split | undefined): ProviderDecision {
  const why = split === undefined ? 'it enters by a canary' : split.reason.sentence
  const sentence = `${one.provider} ${share2(share)} in place of ${share2(one.share)}: ${percent(part)} of its share; ${why}`
  return { ...one, share, role: share > 0 ? 'serving' : 'none', reason: { code: 'part', sentence } }
}
