// What the values of a record of each type must look like, as far as the product writes them; the messages are in Route 53's manner.
// Source: Route 53 developer guide, "Supported DNS record types".
import { isIPv4, isIPv6 } from 'node:net'
import type { RecordSet } from './record-set.ts'

export function valueFaults({ type, values }: RecordSet): string[] {
  const faults = values.flatMap((value) => {
    const problem = PROBLEMS[type]?.(value)
    return problem === undefined ? [] : [`Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`]
  })
  if (type === 'CNAME' && values.length > 1) faults.push('Invalid Resource Record: a CNAME record has exactly one value')
  if (new Set(values).size < values.length)
    faults.push(`Duplicate Resource Record: '${values.find((value, index) => values.indexOf(value) < index)}'`)
  return faults
}

const PROBLEMS: Readonly<Record<string, (value: string) => string | undefined>> = {
  A: (value) => (isIPv4(value) ? undefined : 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)'),
  AAAA: (value) => (isIPv6(value) ? undefined : 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)'),
  CNAME: (value) => (/^[^\s]+$/.test(value) ? undefined : 'CNAMERRDATANotSingleField (Value contains spaces)'),
  TXT: txtProblem,
}

/** One or more strings in double quotation marks, each of at most 255 characters, the whole of at most 4,000. */
function txtProblem(value: string): string | undefined {
  if (!/^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/.test(value))
    return 'InvalidCharacterString (Value should be enclosed in quotation marks)'
  if (value.length > 4000) return 'TXTRDATATooLong (Value is longer than 4000 characters)'
  const strings = value.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  return strings.some((text) => text.length - 2 > 255) ? 'CharacterStringTooLong (Value is too long)' : undefined
}
