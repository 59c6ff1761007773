// What the reducer is told about the world with an order: read by the function, judged by nobody yet.
import type { CheckAnswer } from '#model/gate-check.ts'
import type { JudgeState } from '#model/judge-state.ts'
import type { Reason } from '#model/reason.ts'
import type { Verdict } from '#model/verdict.ts'

export type Facts = {
  /** Epoch seconds. */
  readonly nowSeconds: number
  /** TTL of the hostname's records. */
  readonly ttlSeconds: number
  /** From the end of a minute until its counts can be read. */
  readonly metricLagSeconds: number
  /** When the records that carry the row's shares were in sync, epoch seconds; undefined: not yet. */
  readonly inSyncAt: number | undefined
  /** What the records that stand ask for, 0–1, of a provider that is shifted; undefined for a version, and where no records are known. */
  readonly writtenShare: number | undefined
  /** The share that capacity gives the provider that is shifted, were it to get all of it, 0–1; undefined for a version, and where it is not known. */
  readonly capacityShare: number | undefined
  /** From a change until all of Route 53 answers it. */
  readonly propagationSeconds: number
  /** Why failover has the hostname: a provider is not serving. */
  readonly unhealthy: Reason | undefined
  /** Why the stable side cannot take the traffic back; undefined where it can, or where nobody knows. */
  readonly stableDown: Reason | undefined
  /** What an alarm of the strategy says: the hard guard. */
  readonly alarm: Reason | undefined
  /** What the check at the gate said, where it was asked; trouble is why there is no answer. */
  readonly check: CheckAnswer | { readonly trouble: string } | undefined
  /** What the judge made of the minutes closed since the last order; undefined: it has not answered. */
  readonly judged: Judged | undefined
}

export type Judged = {
  readonly state: JudgeState
  readonly verdict: Verdict | undefined
  /** Failures of the canary in the minutes since they were last counted. */
  readonly exposed: number
  readonly exposedUntil: number | undefined
  /** Before `exposedUntil`: minutes in which a provider of the canary was silent, and requests of which nobody knows how many failed. */
  readonly unseen: { readonly minutes: number; readonly requests: number }
  /** The most requests a minute of both arms together. */
  readonly mostRequests: number
  /** Traffic since the last change of shares was in sync. */
  readonly observed: { readonly canary: number; readonly total: number } | undefined
}
