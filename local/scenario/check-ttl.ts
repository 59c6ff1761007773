// Decides whether the records had the TTL that a story expects at a time.
import type { Checked } from './checked.ts'
import type { Expectation } from './expectation.ts'
import { type Recording, sampleAt } from './recording.ts'

/** The highest TTL of a hostname's members counts; without a hostname, of every hostname. */
export function checkTtl({ hostname, at, is }: NonNullable<Expectation['ttl']>, { samples }: Pick<Recording, 'samples'>): Checked {
  const ttls = sampleAt(samples, at)?.ttls ?? {}
  const values = hostname === undefined ? Object.values(ttls) : [ttls[hostname]].filter((ttl) => ttl !== undefined)
  const highest = values.length === 0 ? undefined : Math.max(...values)
  return {
    isMet: highest === is,
    expected: `the TTL of ${hostname ?? 'all records'} is ${is} s at ${at} s`,
    seen: highest === undefined ? 'no record' : `${highest} s`,
  }
}
