// What weights mean.
import type { WeightedRecord } from '#model/record.ts'
import { providerOf } from '#model/record-identity.ts'

/** Weight of a provider among the records of one type, or of the first type. */
export function weightOf(members: readonly WeightedRecord[], hostname: string, provider: string, type = members[0]?.type): number {
  let weight = 0
  for (const member of members) if (member.type === type && providerOf(hostname, member) === provider) weight += member.weight
  return weight
}

/** Its share by weight, 0–1. */
export function shareOf(members: readonly WeightedRecord[], hostname: string, provider: string): number {
  const type = members[0]?.type
  let total = 0
  for (const member of members) if (member.type === type) total += member.weight
  return total > 0 ? weightOf(members, hostname, provider, type) / total : 0
}

/** `aws 158 (62 %), hetzner 97 (38 %)`. */
export function weightsText(members: readonly WeightedRecord[], hostname: string): string {
  if (members.length === 0) return 'no records'
  const types = [...new Set(members.map(({ type }) => type))]
  const texts = types.map((type) => {
    const own = members.filter((member) => member.type === type)
    const total = own.reduce((sum, { weight }) => sum + weight, 0)
    const each = own.map((member) => {
      const percent = total > 0 ? ` (${Math.round((1000 * member.weight) / total) / 10} %)` : ''
      return `${providerOf(hostname, member) ?? member.setIdentifier} ${member.weight}${percent}`
    })
    return each.join(', ')
  })
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : types.map((type, index) => `${type}: ${texts[index]}`).join('; ')
}
