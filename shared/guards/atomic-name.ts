// All members of a hostname change in one batch; one that does not fit is refused before any write.
import type { WeightedRecord } from '#model/record.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

/** Route 53 quotas: elements and characters of one ChangeResourceRecordSets, and weighted records of one name and type. */
const LIMITS = { elements: 1_000, characters: 32_000, recordsPerType: 100 }

export const atomicName: Guard = {
  name: 'atomic-name',
  binds: 'everything',
  check: (plan, { hostname, providers }) => {
    const missing = missingTypes(plan.wanted, providers, hostname.hostname)
    if (missing !== undefined) return refuse('partial', missing)
    const touched = plan.changes.flatMap(({ before, after }) => [before, after]).filter((record) => record !== undefined)
    // The fence is one TXT record deleted and created: two elements, and its value twice.
    const elements = touched.reduce((sum, record) => sum + elementsOf(record), 0) + 2
    const characters = touched.reduce((sum, record) => sum + charactersOf(record), 0) + 80
    const largest = Math.max(0, ...[...Map.groupBy(plan.wanted, (record) => record.type).values()].map((records) => records.length))
    if (elements > LIMITS.elements)
      return refuse('too-large', `${plan.hostname}: ${elements} elements in one batch, ${LIMITS.elements} are allowed`)
    if (characters > LIMITS.characters)
      return refuse('too-large', `${plan.hostname}: ${characters} characters in one batch, ${LIMITS.characters} are allowed`)
    if (largest > LIMITS.recordsPerType)
      return refuse('too-many', `${plan.hostname}: ${largest} weighted records of one type, ${LIMITS.recordsPerType} are allowed`)
    return pass
  },
}

/** A name is answered as a whole: every provider has every type, and a CNAME stands alone. */
function missingTypes(
  wanted: readonly WeightedRecord[],
  providers: readonly { readonly name: string }[],
  hostname: string,
): string | undefined {
  const types = [...new Set(wanted.map(({ type }) => type))]
  if (types.includes('CNAME') && types.length > 1)
    return `${hostname}: CNAME cannot stand beside ${types.filter((type) => type !== 'CNAME').join(' and ')}`
  for (const { name } of providers) {
    const own = wanted.filter(({ setIdentifier }) => setIdentifier.startsWith(`sluice:${hostname}:${name}:`))
    const absent = types.find((type) => own.length > 0 && !own.some((record) => record.type === type))
    if (absent !== undefined)
      return `${hostname}: ${name} has no ${absent} record although others have; both address families move together`
  }
  return undefined
}

/** Quota: an alias has no ResourceRecord elements, any other record one for each value. */
function elementsOf(record: WeightedRecord): number {
  return record.target.kind === 'alias' ? 0 : record.target.values.length
}

function charactersOf(record: WeightedRecord): number {
  return record.target.kind === 'alias' ? 0 : record.target.values.reduce((sum, value) => sum + value.length, 0)
}
