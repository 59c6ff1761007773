// Completes receipts: a change counts as done when Route 53 says INSYNC.
import type { ApplyOutcome, Receipt } from '#model/receipt.ts'
import { failed } from './failed.ts'
import type { ApplyPorts } from './ports.ts'

export type Confirmation = { readonly confirmed: Receipt[]; readonly failures: ApplyOutcome[] }

/** The receipts that are in sync now, the oldest first, as far as there is time; the others are asked for again in the next tick. */
export async function confirm(receipts: readonly Receipt[], isOver: () => boolean, ports: ApplyPorts): Promise<Confirmation> {
  const confirmed: Receipt[] = []
  const failures: ApplyOutcome[] = []
  for (const receipt of receipts.toSorted((a, b) => a.submittedAt - b.submittedAt)) {
    if (isOver()) break
    try {
      if ((await ports.zone.changeStatus(receipt.changeId)) === 'INSYNC') confirmed.push(await complete(receipt, ports))
    } catch (error) {
      failures.push(failed(receipt.hostname, `change ${receipt.changeId} could not be confirmed`, error))
    }
  }
  return { confirmed, failures }
}

async function complete(receipt: Receipt, ports: ApplyPorts): Promise<Receipt> {
  const inSyncAt = ports.clock.nowSeconds()
  const done = { ...receipt, inSyncAt }
  const stored = await ports.records.get(receipt.hostname)
  // A newer change has its own receipt, which this one must not replace.
  if (stored?.receipt?.changeId === receipt.changeId) await ports.records.put({ ...stored, receipt: done })
  await ports.journal.append({ kind: 'inSync', at: inSyncAt, hostname: receipt.hostname, receipt: done })
  return done
}
