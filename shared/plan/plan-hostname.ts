// The plan of one hostname: what is observed, what is wanted, what changes, under which fence.
import type { Decision } from '#model/decision.ts'
import { type Fence, laterOf } from '#model/fence.ts'
import type { Plan, PlanEvidence } from '#model/plan.ts'
import type { Reason } from '#model/reason.ts'
import type { Receipt } from '#model/receipt.ts'
import { sharesOf } from '#model/record-identity.ts'
import { type Change, changeOf } from './change-of.ts'
import { diff } from './diff.ts'
import { evidenceOf } from './evidence.ts'
import { canBeRestored, restoredZeroVersions } from './restored-members.ts'
import { type WantedInput, wantedRecords } from './wanted-records.ts'

type ReceiptFacts = Pick<Receipt, 'fence' | 'decided'> & Partial<Pick<Receipt, 'submittedAt'>>

export type PlanInput = WantedInput & {
  /** Of the newest write. Its fence counts on even when somebody deleted the TXT record by hand. */
  readonly receipt?: ReceiptFacts | undefined
  /** The generation under which somebody holds the shares; it only ever rises. */
  readonly generation?: number | undefined
}

/** A plan without changes says that nothing is to be done; it is still complete, so that it can be shown. */
export function planHostname(input: PlanInput): Plan {
  const { hostname, observed, decision, split, receipt } = input
  const counting = { ...input, ...whatCounts(input) }
  const wanted = wantedRecords(counting)
  const change = changeOf(input)
  const changes = diff(hostname, observed, wanted, decision, change, counting.restored !== undefined)
  return {
    hostname: hostname.hostname,
    zoneId: hostname.zoneId,
    cause: change.cause,
    observed,
    wanted,
    changes,
    fence: nextFence(laterOf(observed.fence, receipt?.fence), Math.max(input.generation ?? 1, split?.generation ?? 1)),
    fenceTtlSeconds: observed.fence?.ttlSeconds ?? hostname.ttlSeconds,
    evidence: evidenceFor(counting),
    decided: change.decided,
    reason: reasonOf(change, decision, changes.length),
  }
}

/** A rollback holds the versions too, until a split changes that is newer. */
function whatCounts({ hostname, decision, restored, split }: PlanInput): Pick<PlanInput, 'restored' | 'split'> {
  if (restored === undefined || !canBeRestored(hostname.hostname, restored, decision)) return { restored: undefined, split }
  return { restored, split: split !== undefined && split.changedAt > restored.since ? split : undefined }
}

function evidenceFor({ hostname: { hostname }, decision, restored, split }: PlanInput): PlanEvidence {
  const evidence = evidenceOf(decision, split)
  if (restored === undefined) return evidence
  const decided = new Set(decision.providers.map(({ provider }) => provider))
  const gone = Object.entries(sharesOf(hostname, restored.members)).filter(([name, share]) => share === 0 && !decided.has(name))
  const zeroVersions = split === undefined ? restoredZeroVersions(hostname, restored) : (evidence.zeroVersions ?? [])
  return { ...evidence, zero: [...evidence.zero, ...gone.map(([name]) => name)], zeroVersions }
}

/** An ordinary write carries the generation that stands and raises the sequence. */
function nextFence(fence: Fence | undefined, generation: number): Fence {
  return { generation: Math.max(fence?.generation ?? 1, generation), sequence: (fence?.sequence ?? 0) + 1 }
}

function reasonOf({ cause, late }: Change, decision: Decision, changes: number): Reason {
  if (changes === 0) return { code: 'unchanged', sentence: 'the records are as decided' }
  if (cause === 'repair') return { code: 'repair', sentence: `${changes} of the records differed from what was decided and are restored` }
  return late ?? decision.reason
}
