// Takes the weight from red ones and gives it back over a quarter of an hour, whatever they can really do.
import { type Controller, FAST_CHECK } from '../controller.ts'
import { isRed, written } from './rules.ts'

const RAMP_SECONDS = 900
const TRICKLE = 0.02

export const blindRamp: Controller = {
  name: 'blind ramp',
  check: FAST_CHECK,
  begin: ({ initialWeights }) => {
    const greenSince = initialWeights.map(() => Number.NEGATIVE_INFINITY)
    return (tick) =>
      written(
        tick,
        initialWeights.map((weight, p) => {
          if (isRed(tick, p)) greenSince[p] = tick.now
          const part = (tick.now - (greenSince[p] ?? 0)) / RAMP_SECONDS
          return weight * Math.min(1, Math.max(TRICKLE, part))
        }),
      )
  },
}
