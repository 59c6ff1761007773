// Static weights without the red ones, unless too little weight would be left: then all are believed to be up (gdnsd's up_thresh).
import { type Controller, FAST_CHECK } from '../controller.ts'
import { isRed, written } from './rules.ts'

const UP_THRESHOLD = 0.5

export const weightedPanic: Controller = {
  name: 'weighted panic (gdnsd)',
  check: FAST_CHECK,
  begin:
    ({ initialWeights }) =>
    (tick) => {
      const up = initialWeights.map((weight, p) => (isRed(tick, p) ? 0 : weight))
      const total = (weights: readonly number[]) => weights.reduce((sum, weight) => sum + weight, 0)
      return written(tick, total(up) < UP_THRESHOLD * total(initialWeights) ? initialWeights : up)
    },
}
