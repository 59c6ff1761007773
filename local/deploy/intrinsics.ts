// Evaluates the intrinsic functions of a template: a value with references becomes a value without.
// Source: CloudFormation user guide, "Intrinsic function reference".
import { DeploymentError } from './deployment-error.ts'

/** What names stand for at this moment of the deployment. Each may throw; the place is added by `evaluate`. */
export interface Names {
  ref(name: string): unknown
  attribute(logicalId: string, attribute: string): unknown
  condition(name: string): boolean
  mapping(map: string, first: string, second: string): unknown
  imported(exportName: string): unknown
}

/** `AWS::NoValue`: the property it stands for does not exist. */
const NO_VALUE = Symbol('AWS::NoValue')

type Call = (argument: unknown, names: Names) => unknown

const FUNCTIONS: Readonly<Record<string, Call>> = {
  Ref: (name, names) => (name === 'AWS::NoValue' ? NO_VALUE : names.ref(text(name))),
  'Fn::GetAtt': (argument, names) => {
    const [logicalId, ...attribute] = Array.isArray(argument) ? argument.map(text) : text(argument).split('.')
    return names.attribute(logicalId ?? '', attribute.join('.'))
  },
  'Fn::Join': (argument, names) => {
    const [delimiter, parts] = list(argument, names)
    return list(parts, names).map(text).join(text(delimiter))
  },
  'Fn::Split': (argument, names) => {
    const [delimiter, source] = list(argument, names)
    return text(source).split(text(delimiter))
  },
  'Fn::Select': (argument, names) => {
    const [index, from] = list(argument, names)
    const items = list(from, names)
    const item = items[Number(index)]
    if (item === undefined) throw new RangeError(`Fn::Select of item ${index} from ${items.length}`)
    return item
  },
  'Fn::Sub': substitute,
  'Fn::If': (argument, names) => {
    const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown]
    return resolve(names.condition(condition) ? whenTrue : whenFalse, names)
  },
  'Fn::FindInMap': (argument, names) => {
    const [map, first, second] = list(argument, names).map(text)
    return names.mapping(map ?? '', first ?? '', second ?? '')
  },
  'Fn::ImportValue': (argument, names) => names.imported(text(resolve(argument, names))),
  'Fn::Base64': (argument, names) => Buffer.from(text(resolve(argument, names))).toString('base64'),
  'Fn::Equals': (argument, names) => {
    const [left, right] = list(argument, names)
    return JSON.stringify(left) === JSON.stringify(right)
  },
  'Fn::And': (argument, names) => list(argument, names).every(Boolean),
  'Fn::Or': (argument, names) => list(argument, names).some(Boolean),
  'Fn::Not': (argument, names) => !list(argument, names)[0],
  Condition: (name, names) => names.condition(text(name)),
}

/** @param place `stack/LogicalId`, for errors. @throws DeploymentError for an unknown function or name */
export function evaluate(value: unknown, names: Names, place: string): unknown {
  try {
    const resolved = resolve(value, names)
    return resolved === NO_VALUE ? undefined : resolved
  } catch (error) {
    if (error instanceof DeploymentError) throw error
    throw new DeploymentError(place, error instanceof Error ? error.message : String(error), error)
  }
}

function resolve(value: unknown, names: Names): unknown {
  if (typeof value === 'string' && value.includes('{{resolve:')) throw new TypeError(`dynamic references are not resolved here: ${value}`)
  if (Array.isArray(value)) return value.map((item) => resolve(item, names)).filter((item) => item !== NO_VALUE)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  const [name, argument] = entries[0] ?? ['', undefined]
  // A policy's `Condition` block has an object behind it, a reference to a condition a name.
  const isCall =
    entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::') || (name === 'Condition' && typeof argument === 'string'))
  if (isCall) {
    const call = FUNCTIONS[name]
    if (call === undefined) throw new TypeError(`intrinsic ${name} is not known here; known are ${Object.keys(FUNCTIONS).join(', ')}`)
    return call(argument, names)
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, names)] as const).filter(([, item]) => item !== NO_VALUE && item !== undefined),
  )
}

/** `${Name}`, `${LogicalId.Attribute}`, `${!Literal}`, with or without a map of names of its own. */
function substitute(argument: unknown, names: Names): string {
  const [pattern, own] = Array.isArray(argument) ? [text(argument[0]), argument[1] as Record<string, unknown>] : [text(argument), {}]
  return pattern.replaceAll(/\$\{(!?)([^}]*)\}/g, (_all, mark: string, name: string) => {
    if (mark === '!') return `\${${name}}`
    if (Object.hasOwn(own, name)) return text(resolve(own[name], names))
    const dot = name.indexOf('.')
    return text(dot === -1 ? names.ref(name) : names.attribute(name.slice(0, dot), name.slice(dot + 1)))
  })
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TypeError(`a string was expected, seen ${JSON.stringify(value) ?? String(value)}`)
}

function list(value: unknown, names: Names): unknown[] {
  const resolved = resolve(value, names)
  if (Array.isArray(resolved)) return resolved
  throw new TypeError(`a list was expected, seen ${JSON.stringify(resolved) ?? String(resolved)}`)
}
