// Faults of CloudWatch and the checks that several of its operations share.
// Source: API reference, "Common errors", Dimension, MetricDatum, StandardUnit.
import { ServiceFault } from '../wire/service-fault.ts'

export function invalidValue(message: string): ServiceFault {
  return new ServiceFault('InvalidParameterValueException', message)
}

export function invalidCombination(message: string): ServiceFault {
  return new ServiceFault('InvalidParameterCombinationException', message)
}

export function missing(parameter: string): ServiceFault {
  return new ServiceFault('MissingRequiredParameterException', `The parameter ${parameter} is required.`)
}

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

export type WireDimension = { readonly Name?: string; readonly Value?: string }

/** "You can assign up to 30 dimensions to a metric." */
export function checkedDimensions(dimensions: readonly WireDimension[] | undefined, place: string): Record<string, string> {
  const list = dimensions ?? []
  if (list.length > 30) throw invalidValue(`The collection ${place}.Dimensions must not have a size greater than 30.`)
  return Object.fromEntries(
    list.map(({ Name, Value }, index) => {
      if (!Name || Name.startsWith(':') || Name.length > 255)
        throw invalidValue(`The parameter ${place}.Dimensions.member.${index + 1}.Name is not valid: '${Name ?? ''}'`)
      if (!Value || Value.length > 1024)
        throw invalidValue(`The parameter ${place}.Dimensions.member.${index + 1}.Value is not valid: '${Value ?? ''}'`)
      return [Name, Value]
    }),
  )
}

/** Timestamps are epoch seconds in JSON; some clients send ISO 8601. */
export function epochSeconds(value: unknown, place: string): number {
  const seconds = typeof value === 'number' ? value : Date.parse(String(value)) / 1000
  if (!Number.isFinite(seconds)) throw invalidValue(`The parameter ${place} must be a timestamp, seen '${value}'`)
  return seconds
}
