// Decides whether versions got the shares, and canaries the end, that a story expects.
import type { Checked } from './checked.ts'
import type { Expectation } from './expectation.ts'
import { type Recording, sampleAt } from './recording.ts'

type Kind<Key extends keyof Expectation> = NonNullable<Expectation[Key]>

/** The mean over the samples; `measured` is that of the clients in the minute before each. */
export function checkVersionShare(
  { version, of, from, to, above, below }: Kind<'versionShare'>,
  { samples }: Pick<Recording, 'samples'>,
): Checked {
  const values = samples.filter(({ at }) => at >= from && at <= to).flatMap(({ versions }) => versions[version]?.[of] ?? [])
  const mean = values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
  const bounds = [above === undefined ? [] : `above ${percent(above)}`, below === undefined ? [] : `below ${percent(below)}`].flat()
  return {
    isMet: mean !== undefined && (above === undefined || mean > above) && (below === undefined || mean < below),
    expected: `${of} share of version ${version} from ${from} to ${to} s ${bounds.join(' and ')}`,
    seen: mean === undefined ? 'nothing of it' : percent(mean),
  }
}

export function checkOutcome({ is, hostname, by }: Kind<'outcome'>, { samples }: Pick<Recording, 'samples'>): Checked {
  const outcomes = sampleAt(samples, by)?.outcomes ?? {}
  const seen = hostname === undefined ? Object.values(outcomes)[0] : outcomes[hostname]
  const names = Object.keys(outcomes)
  return {
    isMet: seen === is,
    expected: `the canary${hostname === undefined ? '' : ` of ${hostname}`} is ${is} by ${by} s`,
    seen: seen ?? (names.length === 0 ? 'no canary' : 'still in flight'),
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
