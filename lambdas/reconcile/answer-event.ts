// What an event of reconcile gets: a sweep, the reason why it comes too late for one, or the end of a canary.
import { tooLate } from '#handler/too-late.ts'
import type { Reason } from '#model/reason.ts'
import type { Clock } from '#ports/clock.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'
import { type EndPorts, type EndReport, endCanaryOf, endDeadCanaries } from './end-canaries.ts'
import type { ReconcileEvent } from './parse-event.ts'
import { type ReconcilePorts, reconcile, type SweepReport } from './reconcile.ts'

/** Where a sweep begins, 0–1. */
export type BeginAt = (nowSeconds: number) => number

export type ReconcileAnswer =
  | (SweepReport & EndReport & { readonly kind: 'done' })
  | (EndReport & { readonly kind: 'ended' })
  | { readonly kind: 'dropped'; readonly reason: Reason }

/** @throws what the ports throw */
export async function answerEvent(
  event: ReconcileEvent,
  ports: ReconcilePorts & EndPorts & { readonly configuration: ConfigurationSource; readonly clock: Clock },
  isOver: () => boolean,
  beginAt: BeginAt,
): Promise<ReconcileAnswer> {
  // However late it is heard of: until then nobody takes this canary on.
  if (event.kind === 'ended') return { kind: 'ended', ...(await endCanaryOf(event, ports)) }
  const { time } = event
  const configuration = await ports.configuration.load()
  const nowSeconds = ports.clock.nowSeconds()
  const late = time === undefined ? undefined : tooLate('schedule', time, nowSeconds, configuration.policy.timing.tickSeconds)
  if (late !== undefined) return { kind: 'dropped', reason: late }
  const { ended } = await endDeadCanaries(ports)
  return { kind: 'done', ended, ...(await reconcile(configuration, ports, { isOver, begin: beginAt(nowSeconds) })) }
}
