// How a hostname's traffic is split beyond what capacity says: over the versions of its service, and what part of its share a held provider gets.
import * as z from 'zod'
import { Hostname, ShortName, Version } from './names.ts'
import { Reason } from './reason.ts'

const part = z.number().min(0).max(1)

export const Split = z.object({
  hostname: Hostname,
  /** Under which the shares stand; a start, an abort and a revert raise it. */
  generation: z.int().min(1),
  /** Version → share, adding up to 1. At 0 the records stay as a last resort; a version that is not named has none. Empty without a service. */
  versionShares: z.record(Version, part),
  /** Provider → part of the share that its capacity gives it; absent: all of it. */
  providerParts: z.record(ShortName, part),
  /** Whether the last change of the split went forward or back. */
  cause: z.enum(['canary', 'rollback']),
  reason: Reason,
  /** Epoch seconds of the last change of the shares. */
  changedAt: z.number(),
})
export type Split = z.infer<typeof Split>

export function splitOf(splits: readonly Split[], hostname: string): Split | undefined {
  return splits.find((split) => split.hostname === hostname)
}
