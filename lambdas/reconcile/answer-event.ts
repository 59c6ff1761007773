// What an event of reconcile gets: a sweep, or the reason why it comes too late for one.
import { tooLate } from '#handler/too-late.ts'
import type { Reason } from '#model/reason.ts'
import type { Clock } from '#ports/clock.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'
import type { SweepEvent } from './parse-event.ts'
import { type ReconcilePorts, reconcile, type SweepReport } from './reconcile.ts'

/** Where a sweep begins, 0–1. */
export type BeginAt = (nowSeconds: number) => number

export type SweepAnswer = (SweepReport & { readonly kind: 'done' }) | { readonly kind: 'dropped'; readonly reason: Reason }

/** @throws what the ports throw */
export async function answerEvent(
  { time }: SweepEvent,
  ports: ReconcilePorts & { readonly configuration: ConfigurationSource; readonly clock: Clock },
  isOver: () => boolean,
  beginAt: BeginAt,
): Promise<SweepAnswer> {
  const configuration = await ports.configuration.load()
  const nowSeconds = ports.clock.nowSeconds()
  const late = time === undefined ? undefined : tooLate('schedule', time, nowSeconds, configuration.policy.timing.tickSeconds)
  if (late !== undefined) return { kind: 'dropped', reason: late }
  return { kind: 'done', ...(await reconcile(configuration, ports, { isOver, begin: beginAt(nowSeconds) })) }
}
