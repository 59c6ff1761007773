// What was last observed of each hostname, in the state table.
import * as z from 'zod'
import { ObservedRecords } from '#model/observed-records.ts'
import { Receipt } from '#model/receipt.ts'
import type { HostnameRecords, RecordsStore } from '#ports/records-store.ts'
import type { StateTable } from './state-table.ts'

const Stored = z.object({
  observed: ObservedRecords,
  receipt: Receipt.optional(),
  isOurs: z.literal(true).optional(),
  repairs: z.object({ count: z.int(), lastAt: z.number() }).optional(),
  refused: z.string().optional(),
})
const KIND = 'records'

export function dynamodbRecords(table: StateTable): RecordsStore {
  // What cannot be read counts as unknown: it is looked up in Route 53 again.
  const parse = (value: unknown): HostnameRecords | undefined => Stored.safeParse(value).data
  return {
    load: async () => {
      const items = await table.query(KIND)
      return new Map(
        items.flatMap(({ identity, value }): [string, HostnameRecords][] => {
          const records = parse(value)
          return records === undefined ? [] : [[identity, records]]
        }),
      )
    },
    get: async (hostname) => parse((await table.get(KIND, hostname))?.value),
    put: ({ observed, receipt, isOurs, repairs, refused }) =>
      table.put(
        KIND,
        observed.hostname,
        { observed, receipt, isOurs, repairs, refused },
        {
          attributes: { observedAt: observed.observedAt },
          condition: {
            expression: 'attribute_not_exists(pk) OR observedAt <= :observedAt',
            values: { ':observedAt': observed.observedAt },
          },
        },
      ),
    unreadable: async () => (await table.query(KIND)).flatMap(({ identity, value }) => (parse(value) === undefined ? identity : [])),
  }
}
