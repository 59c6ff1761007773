// The plan of one hostname: what is observed, what is wanted, what changes, under which fence.
import { type Fence, laterOf } from '#model/fence.ts'
import type { Plan } from '#model/plan.ts'
import type { Reason } from '#model/reason.ts'
import { diff } from './diff.ts'
import { evidenceOf } from './evidence.ts'
import { type WantedInput, wantedRecords } from './wanted-records.ts'

export type PlanInput = WantedInput & {
  /** The newest fence we ever wrote; it counts on even when somebody deleted the TXT record by hand. */
  readonly lastFence?: Fence | undefined
  /** The generation under which somebody holds the shares; it only ever rises. */
  readonly generation?: number | undefined
  /** Epoch seconds of our newest write. */
  readonly lastWriteAt?: number | undefined
}

/** A plan without changes says that nothing is to be done; it is still complete, so that it can be shown. */
export function planHostname(input: PlanInput): Plan {
  const { hostname, observed, decision, split } = input
  const wanted = wantedRecords(input)
  // The split changed since our newest write: what differs is its doing, and no repair.
  const shift = split !== undefined && split.changedAt >= (input.lastWriteAt ?? 0) ? split : undefined
  const changes = diff(hostname, observed, wanted, decision, shift)
  const isNew = observed.members.length === 0
  // What a person decided stays a person's decision, also where nothing stands any more.
  const isByPerson = decision.isChange && decision.cause === 'override'
  const cause = isNew && !isByPerson ? 'initial' : (shift?.cause ?? (decision.isChange ? decision.cause : 'repair'))
  return {
    hostname: hostname.hostname,
    zoneId: hostname.zoneId,
    cause,
    observed,
    wanted,
    changes,
    fence: nextFence(laterOf(observed.fence, input.lastFence), Math.max(input.generation ?? 1, split?.generation ?? 1)),
    fenceTtlSeconds: observed.fence?.ttlSeconds ?? hostname.ttlSeconds,
    evidence: evidenceOf(decision, split),
    reason: reasonOf(cause, shift?.reason ?? decision.reason, changes.length),
  }
}

/** An ordinary write carries the generation that stands and raises the sequence. */
function nextFence(fence: Fence | undefined, generation: number): Fence {
  return { generation: Math.max(fence?.generation ?? 1, generation), sequence: (fence?.sequence ?? 0) + 1 }
}

function reasonOf(cause: Plan['cause'], decided: Reason, changes: number): Reason {
  if (changes === 0) return { code: 'unchanged', sentence: 'the records are as decided' }
  if (cause === 'repair') return { code: 'repair', sentence: `${changes} of the records differed from what was decided and are restored` }
  return decided
}
