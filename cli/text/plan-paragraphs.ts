// What became of one hostname's plan, or would: its changes, and why some were not made.
import type { PlanReport, TickAnswer } from '#cli/answer.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import { changeIdText } from './change-id-text.ts'
import { changeLines } from './change-lines.ts'
import { indent } from './table.ts'

/** A plan of the answer, with the outcome of its hostname and whether its changes were, or would be, kept from Route 53. */
export type Fate = {
  readonly plan: PlanReport
  readonly outcome: ApplyOutcome | undefined
  readonly mode: HostnamePolicy['mode']
  readonly isRefused: boolean
}

/** One for each of `hostnames` that the answer plans for. */
export function fatesOf(answer: TickAnswer, hostnames: readonly HostnamePolicy[]): Fate[] {
  return hostnames.flatMap(({ hostname, mode }) => {
    const plan = answer.plans.find((candidate) => candidate.hostname === hostname)
    if (plan === undefined) return []
    // The newest: after a conflict there are two.
    const outcome = answer.outcomes.findLast((candidate) => candidate.hostname === hostname)
    const isStopped = plan.refusals.length > 0 && outcome?.kind !== 'applied' && outcome?.kind !== 'already'
    return [{ plan, outcome, mode, isRefused: isStopped || outcome?.kind === 'refused' || outcome?.kind === 'failed' }]
  })
}

/** Sent, and neither in Route 53 now nor refused: the next tick sends it again. */
export function isUnwritten(outcome: ApplyOutcome | undefined): boolean {
  return outcome?.kind === 'conflict' || outcome?.kind === 'deferred' || outcome?.kind === 'failed'
}

/** A paragraph for each hostname that changes; those that stay as they are share one. */
export function planParagraphs(fates: readonly Fate[], kind: TickAnswer['kind']): string[][] {
  const all = fates.map((fate) => planLines(fate, kind))
  return [...all.filter((lines) => lines.length > 1), all.filter((lines) => lines.length === 1).flat()]
}

function planLines(fate: Fate, kind: TickAnswer['kind']): string[] {
  const { plan, outcome } = fate
  const changes = plan.changes.length === 0 ? [] : changeLines(plan.hostname, plan.changes)
  const refusals = [...plan.refusals, ...(outcome?.kind === 'refused' ? outcome.refusals : [])]
  const objections = refusals.map(({ guard, reason }) => `${fate.isRefused ? 'Refused' : 'Made smaller'} by ${guard}: ${reason.sentence}`)
  return [`${plan.hostname} (${fate.mode}): ${verdict(fate, kind)}`, ...indent([...changes, ...objections])]
}

function verdict({ plan, outcome, mode, isRefused }: Fate, kind: TickAnswer['kind']): string {
  if (plan.changes.length === 0 && outcome === undefined) return 'the records stay as they are'
  if (outcome !== undefined && outcome.kind !== 'looked') return outcomeText(outcome)
  const changes = `${plan.changes.length} ${plan.changes.length === 1 ? 'change' : 'changes'}`
  if (isRefused) return `${changes}, refused`
  if (mode === 'observe') return `${changes}, shown only: the mode is observe`
  return kind === 'dry-run' ? `${changes} would be written` : `${changes} planned`
}

export function outcomeText(outcome: ApplyOutcome): string {
  switch (outcome.kind) {
    case 'applied': {
      const { fence } = outcome.receipt
      return `written, ${changeIdText(outcome.receipt)}, generation ${fence.generation} sequence ${fence.sequence}`
    }
    case 'already':
      return 'the records are so already'
    case 'conflict':
      return `somebody else wrote at the same time, the next tick plans again: ${outcome.reason.sentence}`
    case 'deferred':
      return `goes first in the next tick: ${outcome.reason.sentence}`
    case 'failed':
      return `failed, tried again in the next tick: ${outcome.reason.sentence}`
    case 'refused':
      return 'refused'
    case 'looked':
      return 'looked up in Route 53'
  }
}
