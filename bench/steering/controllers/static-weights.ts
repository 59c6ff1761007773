// Weights that nobody changes; Route 53's health checks alone carry the traffic.
import { type Controller, FAST_CHECK } from '../controller.ts'

export const staticWeights: Controller = { name: 'static, checks 10 s × 3', check: FAST_CHECK, begin: () => () => undefined }

export const staticSlowChecks: Controller = {
  name: 'static, checks 30 s × 3',
  check: { intervalSeconds: 30, threshold: 3 },
  begin: () => () => undefined,
}

/** The weights of a day when all clouds were equally large. */
export const staleStatic: Controller = {
  name: 'stale static, equal weights',
  check: FAST_CHECK,
  initial: ({ providers }) => providers.map(() => 1),
  begin: () => () => undefined,
}
