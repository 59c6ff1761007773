// Invariant 11. All members of a hostname change in one batch, or none; a batch that does not fit is never sent.
import { recordKey, sameRecord } from '#model/record-identity.ts'
import type { Rule, Sent, Written } from './rule.ts'

/** Route 53 quotas, "Maximum number of ... per ChangeResourceRecordSets request": elements, and weighted records of one name and type. */
const ELEMENTS = 1_000
const RECORDS = 100
/** The same share in both address families, but for rounding. */
const SAME_SHARE = 0.005

export const atomicName: Rule = {
  name: 'atomic-name',
  sent: ({ swap }: Sent) => {
    const elements = [...swap.remove, ...swap.create].reduce(
      (sum, { target }) => sum + (target.kind === 'values' ? target.values.length : 0),
      2,
    )
    if (elements > ELEMENTS || swap.create.length > RECORDS * 3) return `${swap.hostname}: a batch of ${elements} elements was sent`
    return undefined
  },
  written: (written, { model }) => mixture(written, model.membersTouched) ?? tornName(written, model.membersTouched),
}

/** What stands afterwards is what was wanted, but for members that a hand has touched meanwhile. */
function mixture({ swap, after, plan }: Written, touched: ReadonlySet<string>): string | undefined {
  if (plan === undefined) return undefined
  const wanted = new Map(plan.wanted.map((record) => [recordKey(record), record]))
  for (const key of new Set([...wanted.keys(), ...after.members.map(recordKey)])) {
    if (touched.has(`${swap.hostname} ${key}`)) continue
    const stands = after.members.find((record) => recordKey(record) === key)
    const want = wanted.get(key)
    if (stands !== undefined && want !== undefined && sameRecord(stands, want)) continue
    const weight = (one: typeof want) => (one === undefined ? 'absent' : `weight ${one.weight}`)
    return `${swap.hostname}: after a write ${key} is ${weight(stands)}, wanted was ${weight(want)}: part of one plan and part of another`
  }
  return undefined
}

/** Every provider with a record has all address families, with the same share in each. */
function tornName({ swap, after }: Written, touched: ReadonlySet<string>): string | undefined {
  const { hostname } = swap
  if ([...touched].some((key) => key.startsWith(`${hostname} `))) return undefined
  const types = [...new Set(after.members.map(({ type }) => type))]
  if (types.length < 2) return undefined
  const identifiers = new Set(after.members.map(({ setIdentifier }) => setIdentifier))
  for (const setIdentifier of identifiers) {
    const own = after.members.filter((record) => record.setIdentifier === setIdentifier)
    const absent = types.find((type) => !own.some((record) => record.type === type))
    if (absent !== undefined) return `${hostname}: ${setIdentifier} has no ${absent} record although others have`
    const shares = own.map(({ type, weight }) => weight / Math.max(1, total(after.members, type)))
    if (Math.max(...shares) - Math.min(...shares) > SAME_SHARE)
      return `${hostname}: ${setIdentifier} has shares ${shares.map((share) => share.toFixed(3)).join(' and ')} in its address families`
  }
  return undefined
}

function total(members: Written['after']['members'], type: string): number {
  return members.reduce((sum, record) => sum + (record.type === type ? record.weight : 0), 0)
}
