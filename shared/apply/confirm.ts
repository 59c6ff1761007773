// Completes receipts: a change counts as done when Route 53 says INSYNC.
import { sameFence } from '#model/fence.ts'
import type { ApplyOutcome, Receipt } from '#model/receipt.ts'
import { failed } from './failed.ts'
import type { ApplyPorts } from './ports.ts'

/** "Changes generally propagate to all Route 53 name servers … within 60 seconds" (API reference, ChangeResourceRecordSets). */
const PROPAGATED_SECONDS = 60

export type Confirmation = { readonly confirmed: Receipt[]; readonly failures: ApplyOutcome[] }

/** The receipts that are in sync now, the oldest first, as far as there is time; the others are asked for again in the next tick. */
export async function confirm(receipts: readonly Receipt[], isOver: () => boolean, ports: ApplyPorts): Promise<Confirmation> {
  const confirmed: Receipt[] = []
  const failures: ApplyOutcome[] = []
  for (const receipt of receipts.toSorted((a, b) => a.submittedAt - b.submittedAt)) {
    if (isOver()) break
    try {
      if (await isInSync(receipt, ports)) confirmed.push(await complete(receipt, ports))
    } catch (error) {
      failures.push(failed(receipt.hostname, `change ${receipt.changeId ?? 'without an id'} could not be confirmed`, error))
    }
  }
  return { confirmed, failures }
}

/** Of a change whose answer was lost nobody can ask: its records stand, and they are taken to be everywhere after the usual time. */
async function isInSync({ changeId, submittedAt }: Receipt, { zone, clock }: ApplyPorts): Promise<boolean> {
  if (changeId === undefined) return clock.nowSeconds() - submittedAt >= PROPAGATED_SECONDS
  return (await zone.changeStatus(changeId)) === 'INSYNC'
}

async function complete(receipt: Receipt, ports: ApplyPorts): Promise<Receipt> {
  const inSyncAt = ports.clock.nowSeconds()
  const done = { ...receipt, inSyncAt }
  const stored = await ports.records.get(receipt.hostname)
  // A newer change has its own receipt, which this one must not replace.
  if (stored !== undefined && isOf(stored.receipt, receipt)) await ports.records.put({ ...stored, receipt: done })
  await ports.journal.append({ kind: 'inSync', at: inSyncAt, hostname: receipt.hostname, receipt: done })
  return done
}

/** Two changes without an id are told apart by their fences. */
function isOf(stored: Receipt | undefined, { changeId, fence }: Receipt): boolean {
  return stored !== undefined && stored.changeId === changeId && sameFence(stored.fence, fence)
}
