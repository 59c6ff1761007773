// The dimensions of a metric as the wire has them, checked, by their names.
// Source: API reference, Dimension and MetricDatum.
import { invalidValue } from './faults.ts'

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
