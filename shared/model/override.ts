// What an operator decided in place of the signals: with an author, a reason and an expiry. The configuration is not touched.
import * as z from 'zod'
import { ShortName } from './names.ts'

export const Override = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('drain'),
    provider: ShortName,
    author: z.string().min(1),
    reason: z.string().min(1),
    /** Epoch seconds. */
    createdAt: z.number(),
    expiresAt: z.number(),
  }),
])
export type Override = z.infer<typeof Override>

/** Identity of an override: a second one of the same identity replaces the first. */
export function overrideKey(override: Pick<Override, 'kind' | 'provider'>): string {
  return `${override.kind}#${override.provider}`
}

export function isInForce(override: Override, nowSeconds: number): boolean {
  return nowSeconds < override.expiresAt
}
