// The splits in force, for rebalance: the shares of the control rows without the canary that moves them.
import { Split } from '#model/split.ts'
import type { SplitSource } from '#ports/control-rows.ts'
import type { StateTable } from './state-table.ts'

export function dynamodbSplits(table: StateTable): SplitSource {
  return { list: async () => (await table.query('split')).map(({ value }) => Split.parse(value)) }
}
