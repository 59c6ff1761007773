// What a start asks for, and what has to be known to answer it.
import type { Asked, ControlRow } from '#model/canary.ts'
import type { PreflightAnswer } from '#model/canary-order.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { TimingPolicy } from '#model/policy.ts'
import type { Provider } from '#model/provider.ts'
import type { Reason } from '#model/reason.ts'
import type { Room } from './room.ts'

/** What is asked for, after the names were found in the configuration. */
export type Wish =
  | { readonly kind: 'version'; readonly version: string }
  /** `part`: where it shall end, of its capacity-proportional share, 0–1. */
  | { readonly kind: 'provider'; readonly provider: string; readonly part: number }

export type BeginFacts = {
  readonly hostname: HostnamePolicy
  readonly providers: readonly Provider[]
  readonly row: ControlRow | undefined
  /** The generation of the fence that stands, and of a pin. */
  readonly generation: number
  readonly execution: string
  readonly by: Asked
  readonly nowSeconds: number
  /** Why the hostname is not in a state to be shifted: paused, pinned, a provider down, no decision yet. */
  readonly obstacles: readonly Reason[]
  /** Requests/s in all, and what each provider can take; absent when not known. */
  readonly room: Room | undefined
  /** Predicted utilisation nobody is pushed above. */
  readonly ceiling: number
  readonly timing: Pick<TimingPolicy, 'metricLagSeconds' | 'propagationSeconds'>
  /** What the judge found when it was asked. */
  readonly preflight: PreflightAnswer
}
