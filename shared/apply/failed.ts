// One hostname that Route 53 refuses, say because its zone is gone, must not keep the others from their turn: its error becomes a value.
import type { ApplyOutcome } from '#model/receipt.ts'

/** @param what what could not be done, as in "the records could not be listed" */
export function failed(hostname: string, what: string, error: unknown): Extract<ApplyOutcome, { kind: 'failed' }> {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { kind: 'failed', hostname, reason: { code: 'failed', sentence: `${hostname}: ${what}: ${why}` } }
}
