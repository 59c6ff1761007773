// Shares ∝ true capacity, known without error but with the same lag and tick: what no signal could tell better.
import { type Controller, FAST_CHECK } from '../controller.ts'
import { isRed, written } from './rules.ts'

/** Red ones keep a trickle, so that their return is not a flood. */
const TRICKLE = 0.02

export const perfectInformation: Controller = {
  name: '∝ true capacity, perfect information',
  check: FAST_CHECK,
  begin: () => (tick) => {
    const all = tick.trueCapacity.reduce((sum, capacity) => sum + capacity, 0)
    return written(
      tick,
      tick.trueCapacity.map((capacity, p) => (isRed(tick, p) || capacity === 0 ? TRICKLE * all : capacity)),
    )
  },
}
