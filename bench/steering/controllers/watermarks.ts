// Sheds part of a provider's share while its utilisation is between two watermarks, all of it above the higher one.
import { type Controller, FAST_CHECK } from '../controller.ts'
import { isRed, newest, written } from './rules.ts'

const LOW = 0.75
const HIGH = 1.1
const LEAST = 0.05

export const watermarks: Controller = {
  name: 'shed between watermarks',
  check: FAST_CHECK,
  begin:
    ({ scenario }) =>
    (tick) =>
      written(
        tick,
        scenario.providers.map(({ rating }, p) => {
          if (isRed(tick, p)) return 0.02 * rating
          const capacity = tick.trueCapacity[p] ?? 0
          const load = newest(tick, p)?.load ?? 0
          const utilisation = capacity > 0 ? load / capacity : HIGH
          return rating * Math.max(LEAST, Math.min(1, (HIGH - utilisation) / (HIGH - LOW)))
        }),
      ),
}
