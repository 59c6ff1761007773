// Fills the providers in order of size up to what they report, and spills the rest to the next (Envoy's priorities, with capacities).
import { type Controller, FAST_CHECK } from '../controller.ts'
import { isRed, newest, written } from './rules.ts'

const FILL = 0.85

export const prioritySpill: Controller = {
  name: 'priority spill',
  check: FAST_CHECK,
  begin: ({ scenario }) => {
    const order = scenario.providers.map((provider, p) => ({ p, rating: provider.rating })).toSorted((a, b) => b.rating - a.rating)
    return (tick) => {
      let left = scenario.providers.reduce((sum, _, p) => sum + (newest(tick, p)?.load ?? 0), 0)
      if (left <= 0) return undefined
      const shares = scenario.providers.map(() => 0)
      const room = order.map(({ p, rating }) => ({ p, capacity: isRed(tick, p) ? 0 : FILL * (newest(tick, p)?.capacity ?? rating) }))
      for (const { p, capacity } of room) {
        shares[p] = Math.min(left, capacity)
        left -= shares[p] ?? 0
      }
      // What nobody has room for is spread as they are filled.
      const filled = shares.reduce((sum, share) => sum + share, 0)
      return written(
        tick,
        shares.map((share) => (filled > 0 ? share + (left * share) / filled : 0)),
      )
    }
  },
}
