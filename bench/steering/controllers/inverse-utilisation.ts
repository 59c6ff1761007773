// Every tick each share is multiplied by utilisation^-k: what "send traffic where it is idle" comes to. It knows the true utilisation.
import { type Controller, FAST_CHECK } from '../controller.ts'
import { isRed, newest, standingShares, written } from './rules.ts'

const LEAST = 0.05
const MOST = 4
const SMALLEST_SHARE = 0.01

export function inverseUtilisation(exponent: number): Controller {
  return {
    name: exponent === 1 ? '1/utilisation, undamped' : `utilisation^-${exponent}`,
    check: FAST_CHECK,
    begin: () => (tick) =>
      written(
        tick,
        standingShares(tick).map((share, p) => {
          if (isRed(tick, p)) return SMALLEST_SHARE
          const load = newest(tick, p)?.load
          const capacity = tick.trueCapacity[p] ?? 0
          if (load === undefined) return share
          const utilisation = Math.min(MOST, Math.max(LEAST, capacity > 0 ? load / capacity : MOST))
          return Math.max(SMALLEST_SHARE, share * utilisation ** -exponent)
        }),
      ),
  }
}
