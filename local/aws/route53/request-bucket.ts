// The account's budget of Route 53 requests: a bucket that refills with time; an empty one answers Throttling.
// Source: developer guide, "Quotas", maximums on API requests ("HTTP 400 error (Bad request) … Code element Throttling … Message Rate exceeded").
import { ServiceFault } from '../wire/service-fault.ts'
import type { Route53State } from './state.ts'

export function createRequestBucket(state: Pick<Route53State, 'clock' | 'settings'>): { take(operation: string): void } {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(operation) {
      const { throttle } = state.settings
      if (throttle === undefined) return
      const now = state.clock.nowSeconds()
      const { tokens, at } = buckets.get(operation) ?? { tokens: throttle.capacity, at: now }
      const filled = Math.min(throttle.capacity, tokens + (now - at) * throttle.refillPerSecond)
      if (filled < 1) throw new ServiceFault('Throttling', 'Rate exceeded')
      buckets.set(operation, { tokens: filled - 1, at: now })
    },
  }
}
