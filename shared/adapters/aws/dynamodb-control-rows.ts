// The control rows of canaries in the state table.
import { ControlRow } from '#model/canary.ts'
import type { ControlRows } from '#ports/control-rows.ts'
import type { StateTable } from './state-table.ts'

const KIND = 'split'

export function dynamodbControlRows(table: StateTable): ControlRows {
  return {
    // A row that cannot be read is an error: taking it for none would hand the hostname's traffic to another version.
    get: async (hostname) => {
      const item = await table.get(KIND, hostname)
      return item === undefined ? { value: undefined, revision: 0 } : { value: ControlRow.parse(item.value), revision: item.revision }
    },
    list: async () => (await table.query(KIND)).map(({ value }) => ControlRow.parse(value)),
    advance: (row, revision) => table.advance(KIND, row.hostname, row, revision),
  }
}
