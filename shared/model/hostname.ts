// One hostname whose records are spread over providers.
import * as z from 'zod'
import { Hostname as HostnameString, ShortName } from './names.ts'
import { ZoneId } from './zone.ts'

/** Bounds on a provider's share of this hostname, 0–1. A standby that gets a trickle has a minShare; a lower tier has maxShare 0. */
export const ShareBounds = z.strictObject({
  minShare: z.number().min(0).max(1).default(0).describe('least share while the provider may serve'),
  maxShare: z.number().min(0).max(1).default(1).describe('greatest share; 0 is a tier that serves when the others lack room'),
})
export type ShareBounds = z.infer<typeof ShareBounds>

/** `observe` decides, explains and shows what it would write; only `enforce` writes. */
export const Mode = z.enum(['observe', 'enforce'])
export type Mode = z.infer<typeof Mode>

export const HostnamePolicy = z.object({
  hostname: HostnameString,
  zoneId: ZoneId,
  mode: Mode,
  ttlSeconds: z.int().min(1),
  providers: z.array(ShareBounds.extend({ provider: ShortName })).min(1),
})
export type HostnamePolicy = z.infer<typeof HostnamePolicy>
