// How a change of Route 53 is named to people.
import type { Receipt } from '#model/receipt.ts'

/** `change C0123`; a write whose answer was lost has no id. */
export function changeIdText({ changeId }: Pick<Receipt, 'changeId'>): string {
  return changeId === undefined ? 'change without an id (its answer was lost)' : `change ${changeId}`
}
