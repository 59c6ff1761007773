// The id of a hosted zone.
import * as z from 'zod'

/** Route 53: a resource id has at most 32 characters (API reference, ResourceId); those of zones begin with Z. */
export const ZoneId = z.string().regex(/^Z[A-Z0-9]{1,31}$/, 'a hosted zone id such as Z0123456789ABCDEFGHIJ')
export type ZoneId = z.infer<typeof ZoneId>
