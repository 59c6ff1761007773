// Random sets, random states of their clouds, and random histories of both.
import * as fc from 'fast-check'
import type { Reported } from '#test/builders/steering.ts'

const NAMES = ['aws', 'gcp', 'hetzner', 'ovh'] as const

/** Ratings of two to four clouds. */
export const ratings: fc.Arbitrary<Record<string, number>> = fc
  .array(fc.integer({ min: 50, max: 1000 }), { minLength: 2, maxLength: 4 })
  .map((all) => Object.fromEntries(all.map((rating, i) => [NAMES[i] ?? `cloud-${i}`, rating])))

/** What one cloud reports, relative to its rating; every signal may be missing. */
export type State = {
  readonly capacity: number | 'missing'
  readonly load: number | 'missing'
  readonly failed: number | 'missing'
  readonly probe: 'green' | 'red' | 'unknown'
}

const rarely = <T>(usual: fc.Arbitrary<T>, rare: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: fc.constant(rare) })

export const state: fc.Arbitrary<State> = fc.record({
  capacity: rarely(fc.double({ min: 0, max: 1.5, noNaN: true }) as fc.Arbitrary<number | 'missing'>, 'missing'),
  load: rarely(fc.double({ min: 0, max: 1.5, noNaN: true }) as fc.Arbitrary<number | 'missing'>, 'missing'),
  failed: rarely(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })) as fc.Arbitrary<number | 'missing'>, 'missing'),
  probe: fc.oneof(
    { weight: 8, arbitrary: fc.constant('green' as const) },
    { weight: 2, arbitrary: fc.constant('red' as const) },
    { weight: 1, arbitrary: fc.constant('unknown' as const) },
  ),
})

/** One state per cloud and tick. */
export function history(maxTicks: number): fc.Arbitrary<State[][]> {
  return fc.array(fc.array(state, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: maxTicks })
}

export function reported(all: Record<string, number>, states: readonly State[]): Record<string, Reported> {
  const entries = Object.entries(all).map(([name, rating], i): [string, Reported] => {
    const { capacity, load, failed, probe } = states[i] ?? { capacity: 1, load: 0.5, failed: 0, probe: 'green' as const }
    const rate = load === 'missing' ? 'missing' : load * rating
    const errors = failed === 'missing' ? 'missing' : rate === 'missing' ? 0 : failed * rate
    return [name, { capacity: capacity === 'missing' ? 'missing' : capacity * rating, load: rate, errors, probe }]
  })
  return Object.fromEntries(entries)
}
