// One hostname whose records are spread over providers.
import * as z from 'zod'
import { Hostname as HostnameString, ShortName, Version } from './names.ts'
import { Strategy } from './strategy.ts'
import { ZoneId } from './zone.ts'

/** Bounds on a provider's share of this hostname, 0–1. A standby that gets a trickle has a minShare; a lower tier has maxShare 0. */
export const ShareBounds = z.strictObject({
  minShare: z.number().min(0).max(1).default(0).describe('least share while the provider may serve'),
  maxShare: z.number().min(0).max(1).default(1).describe('greatest share; 0 is a tier that serves when the others lack room'),
})
export type ShareBounds = z.infer<typeof ShareBounds>

/** `canary`: the provider gets nothing until a provider canary has brought it in. */
export const EntersBy = z.enum(['capacity', 'canary'])
export type EntersBy = z.infer<typeof EntersBy>

/** `observe` decides, explains and shows what it would write; only `enforce` writes. */
export const Mode = z.enum(['observe', 'enforce'])
export type Mode = z.infer<typeof Mode>

/** The application behind a hostname, when its versions have endpoints of their own. */
export const Service = z.object({
  name: ShortName,
  /** Serves until a canary has promoted another. */
  stable: Version,
})
export type Service = z.infer<typeof Service>

export const HostnamePolicy = z.object({
  hostname: HostnameString,
  zoneId: ZoneId,
  mode: Mode,
  ttlSeconds: z.int().min(1),
  providers: z.array(ShareBounds.extend({ provider: ShortName, entersBy: EntersBy.optional() })).min(1),
  service: Service.optional(),
  /** How a canary of this hostname goes, where none is named at its start. */
  strategy: Strategy.optional(),
})
export type HostnamePolicy = z.infer<typeof HostnamePolicy>
