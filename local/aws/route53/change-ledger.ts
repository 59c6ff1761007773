// The changes that were accepted and when each is in sync on all name servers.
// Source: API reference, GetChange (PENDING, INSYNC).
import { identifier } from '../identifier.ts'
import { ServiceFault } from '../wire/service-fault.ts'

export type AcceptedChange = {
  readonly id: string
  readonly submittedAt: number
  readonly inSyncAt: number
  readonly comment: string | undefined
}

export type ChangeLedger = {
  add(submittedAt: number, inSyncAt: number, comment?: string): AcceptedChange
  get(id: string): AcceptedChange
}

/** Old changes are forgotten: nobody asks for them after minutes, and a long run must not grow. */
const KEPT = 10_000

export function createChangeLedger(): ChangeLedger {
  const changes = new Map<string, AcceptedChange>()
  let count = 0
  return {
    add(submittedAt, inSyncAt, comment) {
      const change = { id: identifier('C', `change ${++count} at ${submittedAt}`), submittedAt, inSyncAt, comment }
      changes.set(change.id, change)
      const [oldest] = changes.keys()
      if (changes.size > KEPT && oldest !== undefined) changes.delete(oldest)
      return change
    },
    get(id) {
      const change = changes.get(id)
      if (change === undefined) throw new ServiceFault('NoSuchChange', `Could not find resource with ID: ${id}`, 404)
      return change
    },
  }
}

export function changeInfo(change: AcceptedChange, nowSeconds: number): Record<string, unknown> {
  return {
    Id: `/change/${change.id}`,
    Status: nowSeconds >= change.inSyncAt ? 'INSYNC' : 'PENDING',
    SubmittedAt: new Date(change.submittedAt * 1000),
    Comment: change.comment,
  }
}
