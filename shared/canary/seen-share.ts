// Whether the traffic shows the share that is wanted: of a version what the split says, of a provider what its records have asked for since it was in sync.
import type { Canary, CanaryRow } from '#model/canary.ts'
import type { Facts } from './facts.ts'
import { percentText } from './percent-text.ts'
import { wantedShareOf } from './shares-at.ts'

/** Resolvers that keep answers longer than the TTL, for half an hour some of them, hold traffic where it was: this part of what moved may be missing. */
const STALE_PART = 0.25
/** Shares closer than this are the same, whatever the counts. */
const NEAR = 0.02
const NOISE_SIGMAS = 3

/** Shares from 0 to 1. Capacity has weights rewritten: counts that were summed over minutes lie between the least and the most that was asked for. */
type Wanted = { readonly low: number; readonly high: number; readonly before: number }

/** Why the share that is wanted cannot be seen in the traffic yet; undefined when it can. */
export function notSeen(row: CanaryRow, { judged }: Pick<Facts, 'judged'>): string | undefined {
  const share = observedShare(judged)
  if (share === undefined || judged?.observed === undefined) return 'no traffic was seen since'
  const wanted = wantedOf(row)
  if (wanted === undefined) return 'what its records ask for is not known'
  const { low, high, before } = wanted
  const nearest = Math.min(high, Math.max(low, share))
  const noise = NOISE_SIGMAS * Math.sqrt((nearest * (1 - nearest)) / judged.observed.total)
  // Clients of a provider come by resolvers that are not all of a size, and the control law leans its weights against that: of a small step it cannot be told.
  const stale = STALE_PART * Math.max(Math.abs(nearest - before), row.canary.subject.kind === 'provider' ? nearest : 0)
  if (Math.abs(share - nearest) <= NEAR + stale + noise) return undefined
  return `the observed share is ${percentText(share * 100)}, wanted ${rangeText(wanted)}`
}

/** With what the records of a provider ask for now, while its step settles. */
export function withAsked(canary: Canary, { writtenShare, inSyncAt }: Pick<Facts, 'writtenShare' | 'inSyncAt'>): Canary {
  const { asked } = canary
  if (writtenShare === undefined || inSyncAt === undefined || asked === undefined) return canary
  const low = Math.min(asked.low ?? writtenShare, writtenShare)
  const high = Math.max(asked.high ?? writtenShare, writtenShare)
  return { ...canary, asked: { ...asked, low, high } }
}

export function observedShare(judged: Facts['judged']): number | undefined {
  return judged?.observed === undefined || judged.observed.total === 0 ? undefined : judged.observed.canary / judged.observed.total
}

function wantedOf(row: CanaryRow): Wanted | undefined {
  const { canary } = row
  const { subject, asked, steps, step, phase } = canary
  const wanted = wantedShareOf(subject, row)
  if (subject.kind === 'version') {
    const before = ((phase === 'promoting' ? steps[step] : steps[step - 1]) ?? 0) / 100
    return { low: wanted, high: wanted, before }
  }
  // Whoever has left is wanted nowhere, whatever stands in the records because nobody else could serve.
  if (wanted === 0) return { low: 0, high: 0, before: asked?.before ?? 0 }
  if (asked?.low === undefined || asked.high === undefined) return undefined
  return { low: asked.low, high: asked.high, before: asked.before }
}

function rangeText({ low, high }: Wanted): string {
  const [from, to] = [low, high].map((share) => percentText(share * 100))
  return from === to ? `${to}` : `${from} to ${to}`
}
