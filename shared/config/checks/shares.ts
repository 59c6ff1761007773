// The bounds on the shares of a hostname can add up to one.
import type { Finding } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'

/** Sums of decimal fractions such as .1 + .2 miss by less than this. */
const ROUNDING = 1e-9

export function shareFindings(file: SluiceFile): Finding[] {
  return Object.entries(file.hostnames).flatMap(([hostname, settings]) => {
    const bounds = Object.entries(settings?.providers ?? {}).map(
      ([provider, shares]) => [provider, shares?.minShare ?? 0, shares?.maxShare ?? 1] as const,
    )
    const path = ['hostnames', hostname, 'providers']
    const findings: Finding[] = bounds
      .filter(([, minShare, maxShare]) => minShare > maxShare)
      .map(([provider, minShare, maxShare]) => ({
        code: 'share-bounds',
        path: [...path, provider],
        seen: `minShare ${minShare} above maxShare ${maxShare}`,
        allowed: 'minShare ≤ maxShare',
        mend: `Raise maxShare to at least ${minShare}, or lower minShare.`,
      }))
    if (bounds.length === 0) return findings
    const least = bounds.reduce((sum, [, minShare]) => sum + minShare, 0)
    const most = bounds.reduce((sum, [, , maxShare]) => sum + maxShare, 0)
    if (least > 1 + ROUNDING) {
      findings.push({
        code: 'shares-add-up',
        path,
        seen: `minShare of ${bounds.map(([provider, minShare]) => `${provider} ${minShare}`).join(' + ')} = ${rounded(least)}`,
        allowed: 'a sum of at most 1',
        mend: `Lower them by ${rounded(least - 1)} in all.`,
      })
    }
    if (most < 1 - ROUNDING) {
      findings.push({
        code: 'shares-add-up',
        path,
        seen: `maxShare of ${bounds.map(([provider, , maxShare]) => `${provider} ${maxShare}`).join(' + ')} = ${rounded(most)}`,
        allowed: 'a sum of at least 1: somebody has to serve the rest',
        mend: `Raise them by ${rounded(1 - most)} in all.`,
      })
    }
    return findings
  })
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
