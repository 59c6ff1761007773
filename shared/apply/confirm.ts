// Completes receipts: a change counts as done when Route 53 says INSYNC.
import type { Receipt } from '#model/receipt.ts'
import type { ApplyPorts } from './ports.ts'

/** The receipts that are in sync now, the oldest first, as far as there is time; the others are asked for again in the next tick. */
export async function confirm(receipts: readonly Receipt[], isOver: () => boolean, ports: ApplyPorts): Promise<Receipt[]> {
  const confirmed: Receipt[] = []
  for (const receipt of receipts.toSorted((a, b) => a.submittedAt - b.submittedAt)) {
    if (isOver()) break
    if ((await ports.zone.changeStatus(receipt.changeId)) !== 'INSYNC') continue
    const complete = { ...receipt, inSyncAt: ports.clock.nowSeconds() }
    const stored = await ports.records.get(receipt.hostname)
    // A newer change has its own receipt, which this one must not replace.
    if (stored?.receipt?.changeId === receipt.changeId) await ports.records.put({ ...stored, receipt: complete })
    await ports.journal.append({ kind: 'inSync', at: complete.inSyncAt, hostname: receipt.hostname, receipt: complete })
    confirmed.push(complete)
  }
  return confirmed
}
