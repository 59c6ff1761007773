// The unit of a datum or a query: one of those that CloudWatch knows.
// Source: API reference, StandardUnit.
import { invalidValue } from './faults.ts'

const SIZES = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits']
const UNITS = new Set([
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Percent',
  'Count',
  'Count/Second',
  'None',
  ...SIZES,
  ...SIZES.map((size) => `${size}/Second`),
])

export function checkedUnit(unit: string | undefined, place: string): string | undefined {
  if (unit !== undefined && !UNITS.has(unit))
    throw invalidValue(`The parameter ${place}.Unit must be a value in the set [ ${[...UNITS].join(', ')} ], seen '${unit}'`)
  return unit
}
