// `aws=.7 hetzner=30%` → shares by provider that add up to 1.
import { usageFailure } from '#cli/failure.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { PinnedShares } from '#model/override.ts'

/** `.33 .33 .34` typed by a person may be off by this much; the function allows as much. */
const ROUNDING = 0.011

/** Providers that are left out get nothing. @throws CommandFailure */
export function parseShares(words: readonly string[], { hostname, providers }: HostnamePolicy): PinnedShares {
  const names = providers.map(({ provider }) => provider)
  const shares: Record<string, number> = {}
  for (const word of words) {
    const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(word) ?? []
    const share = fraction(value)
    if (share === undefined)
      throw objection(names, word, `PROVIDER=SHARE with a share from 0 to 1, such as ${names[0]}=.7 or ${names[0]}=70%`)
    if (!names.includes(name)) throw objection(names, word, `the providers of ${hostname}: ${names.join(', ')}`)
    if (name in shares) throw objection(names, word, `each provider once; ${name} stands there twice`)
    shares[name] = share
  }
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  if (Math.abs(total - 1) > ROUNDING)
    throw objection(names, words.join(' '), `shares that add up to 1; these make ${Number(total.toFixed(4))}`)
  return shares
}

function fraction(text: string): number | undefined {
  const match = /^(\d*\.?\d+)(%?)$/.exec(text)
  const value = match === null ? Number.NaN : Number(match[1]) / (match[2] === '%' ? 100 : 1)
  return value >= 0 && value <= 1 ? value : undefined
}

function objection([first = 'PROVIDER', second]: readonly string[], seen: string, allowed: string) {
  const example = second === undefined ? `${first}=1` : `${first}=.7 ${second}=.3`
  return usageFailure({
    code: 'shares',
    place: 'SHARES',
    seen: JSON.stringify(seen),
    allowed,
    mend: `Write one PROVIDER=SHARE for each provider that shall serve, for example: ${example}`,
  })
}
