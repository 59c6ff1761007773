// The account's budget of Route 53: buckets of requests and of record changes that refill with time; an empty one answers Throttling.
// Source: developer guide, "Throttling for Amazon Route 53 API requests": every request takes from the account's bucket and from that of its action, every
// change from the account's bucket of changes ("HTTP 400 error (Bad request) … Code element Throttling … Message Rate exceeded").
import { ServiceFault } from '../wire/service-fault.ts'
import type { Throttle } from './access.ts'
import type { Route53State } from './state.ts'

type Bucket = { tokens: number; at: number }

/** `GetHealthCheckStatus` and its like have smaller buckets; the closed list has none of them. */
const ACCOUNT = 'account'
const CHANGES = 'changes'

export function createRequestBucket(state: Pick<Route53State, 'clock' | 'settings'>): { take(operation: string, changes: number): void } {
  const buckets = new Map<string, Bucket>()

  function filled(name: string, { capacity, refillPerSecond }: Throttle, now: number): Bucket {
    const { tokens, at } = buckets.get(name) ?? { tokens: capacity, at: now }
    return { tokens: Math.min(capacity, tokens + (now - at) * refillPerSecond), at: now }
  }

  return {
    take(operation, changes) {
      const { throttle } = state.settings
      if (throttle === undefined) return
      const now = state.clock.nowSeconds()
      const wanted = [
        { name: ACCOUNT, bucket: filled(ACCOUNT, throttle, now), tokens: 1 },
        { name: `action ${operation}`, bucket: filled(`action ${operation}`, throttle, now), tokens: 1 },
        ...(throttle.changes === undefined ? [] : [{ name: CHANGES, bucket: filled(CHANGES, throttle.changes, now), tokens: changes }]),
      ]
      if (wanted.some(({ bucket, tokens }) => bucket.tokens < tokens)) throw new ServiceFault('Throttling', 'Rate exceeded')
      for (const { name, bucket, tokens } of wanted) buckets.set(name, { ...bucket, tokens: bucket.tokens - tokens })
    },
  }
}
