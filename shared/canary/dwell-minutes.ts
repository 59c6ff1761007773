// How long a canary has been at its step: what a dwell, a deadline and a bake are measured by.
import type { Canary } from '#model/canary.ts'

/** Without the time that stood still up to the last tick. */
export function dwellMinutesOf({ stepSince, frozenSeconds }: Canary, nowSeconds: number): number {
  return (nowSeconds - stepSince - frozenSeconds) / 60
}
