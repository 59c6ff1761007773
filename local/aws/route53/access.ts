// What the rest of the local system may do to Route 53 besides its API: read the data plane, set up a zone with a known id, and disturb it.
import type { Route53DataPlane } from './data-plane.ts'

/** How a refused batch looks on the wire; all three have been seen or are documented. */
export type InvalidChangeBatchShape =
  /** `<ErrorResponse><Error><Code>InvalidChangeBatch</Code><Message>` */
  | 'message'
  /** `<ErrorResponse><Error><Code>InvalidChangeBatch</Code><Messages><Message>`, reported from production. */
  | 'messages'
  /** `<InvalidChangeBatch><Messages><Message>`, as the API reference documents it. */
  | 'documented'

/** A bucket of tokens: how many it holds, how many come back each clock second. */
export type Throttle = { readonly capacity: number; readonly refillPerSecond: number }

/**
 * What an account has unless it asked for more. Requests: developer guide, "Throttling for Amazon Route 53 API requests". Changes: seen in secondary sources.
 */
export const ACCOUNT_THROTTLE = {
  capacity: 50,
  refillPerSecond: 10,
  changes: { capacity: 1500, refillPerSecond: 100 },
} satisfies Route53Settings['throttle']

export type Route53Settings = {
  /** Clock seconds from the answer to INSYNC. @default 10 */
  propagationSeconds: number
  /** Clock seconds during which a further change of the zone is answered PriorRequestNotComplete. @default 0.05 */
  processingSeconds: number
  /** @default 'message' */
  invalidChangeBatchShape: InvalidChangeBatchShape
  /**
   * The bucket of requests that the account has, and each action again, and the one of record changes; undefined: no throttling. The defaults of an account
   * are `ACCOUNT_THROTTLE`. @default undefined
   */
  throttle: (Throttle & { readonly changes?: Throttle | undefined }) | undefined
}

export interface Route53Access extends Route53DataPlane {
  readonly settings: Route53Settings
  /** A hosted zone with an id of the caller's choosing, as the configuration names it. */
  createZone(zone: { readonly id: string; readonly name: string }): void
}
