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

export type Route53Settings = {
  /** Clock seconds from the answer to INSYNC. @default 10 */
  propagationSeconds: number
  /** Clock seconds during which a further change of the zone is answered PriorRequestNotComplete. @default 0.05 */
  processingSeconds: number
  /** @default 'message' */
  invalidChangeBatchShape: InvalidChangeBatchShape
  /** The account's request bucket; undefined: no throttling. @default undefined */
  throttle: { readonly capacity: number; readonly refillPerSecond: number } | undefined
}

export interface Route53Access extends Route53DataPlane {
  readonly settings: Route53Settings
  /** A hosted zone with an id of the caller's choosing, as the configuration names it. */
  createZone(zone: { readonly id: string; readonly name: string }): void
}
