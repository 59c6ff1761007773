// Event patterns: which events a rule wants.
// Source: EventBridge user guide, "Creating Amazon EventBridge event patterns" and "Comparison operators".
import { ServiceFault } from '../wire/service-fault.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Pattern = { readonly [key: string]: Json }

type Matcher = (actual: readonly Json[]) => boolean

/** Reads a pattern; throws InvalidEventPatternException for what is not a pattern or not evaluated here. */
export function readPattern(text: string): Pattern {
  let pattern: unknown
  try {
    pattern = JSON.parse(text)
  } catch (error) {
    throw invalid((error as Error).message)
  }
  checkPattern(pattern, '')
  return pattern as Pattern
}

function checkPattern(pattern: unknown, place: string): void {
  if (pattern === null || typeof pattern !== 'object' || Array.isArray(pattern)) throw invalid(`an object of arrays at '${place}'`)
  for (const [key, wanted] of Object.entries(pattern)) {
    const here = `${place}.${key}`
    if (key.startsWith('$')) throw invalid(`${key} is not evaluated here, at '${here}'`)
    if (!Array.isArray(wanted)) checkPattern(wanted, here)
    else for (const one of wanted) matcherOf(one, here)
  }
}

/** Every field of the pattern must be matched by one of its alternatives; arrays in the event match with any member. */
export function matchesPattern(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const actual = event !== null && typeof event === 'object' ? (event as Record<string, Json>)[key] : undefined
    if (!Array.isArray(wanted)) return matchesPattern(wanted as Pattern, actual)
    const values = actual === undefined ? [] : Array.isArray(actual) ? actual : [actual]
    return wanted.some((one) => matcherOf(one as Json, key)(values))
  })
}

function matcherOf(wanted: Json, place: string): Matcher {
  if (wanted === null || typeof wanted !== 'object') return (values) => values.includes(wanted)
  const [operator = '', argument = null] = Object.entries(wanted)[0] ?? []
  switch (operator) {
    case 'exists':
      return (values) => values.length > 0 === argument
    case 'prefix':
      return someText((text) => text.startsWith(String(argument)))
    case 'suffix':
      return someText((text) => text.endsWith(String(argument)))
    case 'equals-ignore-case':
      return someText((text) => text.toLowerCase() === String(argument).toLowerCase())
    case 'anything-but':
      return anythingBut(argument, place)
    case 'numeric':
      return numeric(argument as readonly Json[], place)
    default:
      throw invalid(`operator '${operator}' is not evaluated here, at '${place}'`)
  }
}

function someText(test: (text: string) => boolean): Matcher {
  return (values) => values.some((value) => typeof value === 'string' && test(value))
}

function anythingBut(argument: Json, place: string): Matcher {
  if (argument !== null && typeof argument === 'object' && !Array.isArray(argument)) {
    const inner = matcherOf(argument, place)
    return (values) => values.length > 0 && !inner(values)
  }
  const excluded = [argument].flat() as Json[]
  return (values) => values.some((value) => !excluded.includes(value))
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

function numeric(terms: readonly Json[], place: string): Matcher {
  const tests = Array.from({ length: terms.length / 2 }, (_, index) => {
    const compare = COMPARE[String(terms[2 * index])]
    const bound = terms[2 * index + 1]
    if (compare === undefined || typeof bound !== 'number') throw invalid(`numeric: pairs of operator and number, at '${place}'`)
    return (value: number) => compare(value, bound)
  })
  return (values) => values.some((value) => typeof value === 'number' && tests.every((test) => test(value)))
}

function invalid(message: string): ServiceFault {
  return new ServiceFault('InvalidEventPatternException', `Event pattern is not valid. Reason: ${message}`)
}
