// The changes of a hostname's records, one line each.
import { SET_IDENTIFIER_LIMIT, setIdentifier } from '#model/names.ts'
import type { RecordChange } from '#model/plan.ts'
import type { WeightedRecord } from '#model/record.ts'
import { targetText } from '#model/record-identity.ts'
import { table } from './table.ts'

export function changeLines(hostname: string, changes: readonly RecordChange[]): string[] {
  const rows = changes.map(({ before, after }) => [
    (after ?? before)?.type ?? '',
    memberName(hostname, (after ?? before)?.setIdentifier ?? ''),
    weightText(before, after),
    targetChange(before, after),
  ])
  return table([{ title: 'TYPE' }, { title: 'MEMBER' }, { title: 'WEIGHT' }, { title: 'ANSWERS' }], rows)
}

/** `aws:ingress-1`: the set identifier without what all members of the name have in common. */
export function memberName(hostname: string, identifier: string): string {
  const prefix = setIdentifier(hostname, '', '').slice(0, -1)
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length) : identifier.slice(0, SET_IDENTIFIER_LIMIT)
}

function weightText(before: WeightedRecord | undefined, after: WeightedRecord | undefined): string {
  if (before === undefined) return `new, ${after?.weight}`
  if (after === undefined) return `${before.weight}, removed`
  return before.weight === after.weight ? `${after.weight}` : `${before.weight} → ${after.weight}`
}

function targetChange(before: WeightedRecord | undefined, after: WeightedRecord | undefined): string {
  const [was, is] = [before, after].map((record) => (record === undefined ? undefined : targetText(record.target)))
  const target = was === undefined || is === undefined || was === is ? (is ?? was ?? '') : `${was} → ${is}`
  if (before === undefined || after === undefined || before.healthCheckId === after.healthCheckId) return target
  return `${target}, health check ${before.healthCheckId ?? 'none'} → ${after.healthCheckId ?? 'none'}`
}
