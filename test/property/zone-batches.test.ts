// Whatever batches come, a zone of the in-process Route 53 stays lawful, and a batch is all or nothing.
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { applyBatch } from '#local/aws/route53/change-batch.ts'
import type { RecordChange } from '#local/aws/route53/record-input.ts'
import { type RecordSet, type Records, recordKey } from '#local/aws/route53/record-set.ts'

const ZONE = 'example.test.'

const simple = { setIdentifier: undefined, weight: undefined, alias: undefined, healthCheckId: undefined }
const apex: RecordSet[] = [
  { ...simple, name: ZONE, type: 'NS', ttlSeconds: 60, values: ['ns.example.net.'] },
  { ...simple, name: ZONE, type: 'SOA', ttlSeconds: 60, values: ['ns.example.net. admin.example.net. 1 2 3 4 5'] },
]
const empty: Records = new Map(apex.map((record) => [recordKey(record), record]))

/** Few names, types and values, so that batches meet each other. */
const aRecord: fc.Arbitrary<RecordSet> = fc
  .record({
    name: fc.constantFrom(ZONE, `a.${ZONE}`, `b.${ZONE}`),
    content: fc.constantFrom(['A', '192.0.2.1'], ['A', '192.0.2.2'], ['CNAME', 'other.test.'], ['TXT', '"gen=0 seq=1"']),
    ttlSeconds: fc.constantFrom(60, 60, 60, 30),
    member: fc.option(fc.record({ setIdentifier: fc.constantFrom('one', 'two'), weight: fc.constantFrom(0, 255) }), { nil: undefined }),
  })
  .map(({ name, content: [type = '', value = ''], ttlSeconds, member }) => ({
    ...simple,
    name,
    type,
    ttlSeconds,
    values: [value],
    ...member,
  }))

const aBatch: fc.Arbitrary<RecordChange[]> = fc.array(
  fc.record({ action: fc.constantFrom('CREATE' as const, 'UPSERT' as const, 'DELETE' as const), record: aRecord }),
  { minLength: 1, maxLength: 4 },
)

function apply(records: Records, changes: readonly RecordChange[]) {
  return applyBatch({ id: 'Z1', name: ZONE, records, recordsOf: () => undefined }, changes)
}

function histories(
  batches: readonly RecordChange[][],
  look: (before: Records, batch: RecordChange[], after: Records | undefined) => void,
): void {
  let records = empty
  for (const batch of batches) {
    const before = new Map(records)
    const outcome = apply(records, batch)
    expect(records).toEqual(before)
    look(records, batch, outcome.kind === 'applied' ? outcome.records : undefined)
    if (outcome.kind === 'applied') records = outcome.records
  }
}

test.prop([fc.array(aBatch, { maxLength: 20 })])('a lawful zone stays lawful', (batches) => {
  histories(batches, (_, __, after) => {
    for (const here of Map.groupBy((after ?? empty).values(), ({ name }) => name).values()) {
      const types = new Set(here.map(({ type }) => type))
      if (types.has('CNAME')) expect([...types, here[0]?.name]).toEqual(['CNAME', expect.not.stringMatching(/^example/)])
      for (const group of Map.groupBy(here, ({ type }) => type).values()) {
        const isWeighted = group.map(({ weight }) => weight !== undefined)
        if (group.length > 1) expect([...new Set(isWeighted)]).toEqual([true])
        expect(new Set(group.map(({ ttlSeconds }) => ttlSeconds)).size).toBe(1)
      }
    }
    expect((after ?? empty).get(recordKey(apex[0] as RecordSet))?.type).toBe('NS')
  })
})

test.prop([fc.array(aBatch, { maxLength: 20 })])(
  'a batch that was made is undone by deleting what is and creating what was, and that works once',
  (batches) => {
    histories(batches, (before, _, after) => {
      if (after === undefined) return
      const removed = [...after.values()].filter((record) => before.get(recordKey(record)) !== record)
      const restored = [...before.values()].filter((record) => after.get(recordKey(record)) !== record)
      const undo = [
        ...removed.map((record) => ({ action: 'DELETE' as const, record })),
        ...restored.map((record) => ({ action: 'CREATE' as const, record })),
      ]
      if (undo.length === 0) return
      const undone = apply(after, undo)
      expect(undone).toEqual({ kind: 'applied', records: before })
      if (undone.kind === 'applied' && removed.length > 0 && JSON.stringify(removed) !== JSON.stringify(restored)) {
        expect(apply(undone.records, undo).kind).toBe('refused')
      }
    })
  },
)
