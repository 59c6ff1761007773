// The overrides of operators in the state table; DynamoDB removes them some time after they expired.
import { Override, overrideKey, subjectOf } from '#model/override.ts'
import type { OverrideStore } from '#ports/override-store.ts'
import type { StateTable } from './state-table.ts'

const KIND = 'override'

export function dynamodbOverrides(table: StateTable): OverrideStore {
  return {
    // An override that cannot be read is an error: ignoring what an operator said would undo it silently.
    list: async () => (await table.query(KIND)).map(({ value }) => Override.parse(value)),
    put: async (override) => {
      await table.put(KIND, overrideKey(override.kind, subjectOf(override)), override, { expiresAt: override.expiresAt })
    },
    remove: async (key) => {
      const removed = await table.remove(KIND, key)
      return removed === undefined ? undefined : Override.parse(removed.value)
    },
  }
}
