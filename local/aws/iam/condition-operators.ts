// The condition operators that can be evaluated, and how a condition is decided against the values of a request.
// Source: IAM user guide, "IAM JSON policy elements: Condition operators" and "Multivalued context keys".

import { matchesArn, matchesPattern } from './wildcard.ts'

export type Condition = { readonly operator: string; readonly key: string; readonly values: readonly string[] }

/** Compares one value of the request with one value of the policy. */
type Comparison = (requested: string, wanted: string) => boolean

const POSITIVE: Readonly<Record<string, Comparison>> = {
  StringEquals: (requested, wanted) => requested === wanted,
  StringEqualsIgnoreCase: (requested, wanted) => requested.toLowerCase() === wanted.toLowerCase(),
  StringLike: (requested, wanted) => matchesPattern(wanted, requested),
  ArnEquals: (requested, wanted) => matchesArn(wanted, requested),
  ArnLike: (requested, wanted) => matchesArn(wanted, requested),
  Bool: (requested, wanted) => requested.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (requested, wanted) => Number(requested) === Number(wanted),
  NumericLessThan: (requested, wanted) => Number(requested) < Number(wanted),
  NumericLessThanEquals: (requested, wanted) => Number(requested) <= Number(wanted),
  NumericGreaterThan: (requested, wanted) => Number(requested) > Number(wanted),
  NumericGreaterThanEquals: (requested, wanted) => Number(requested) >= Number(wanted),
}

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
}

type ParsedOperator = { readonly qualifier: 'all' | 'any' | 'single'; readonly base: string; readonly ifExists: boolean }

export function isConditionOperator(operator: string): boolean {
  const { base } = parseOperator(operator)
  return base === 'Null' || base in POSITIVE || base in NEGATED
}

function parseOperator(operator: string): ParsedOperator {
  const [first = '', second] = operator.split(':')
  const qualifier = second === undefined ? 'single' : first === 'ForAllValues' ? 'all' : first === 'ForAnyValue' ? 'any' : 'single'
  const name = second === undefined || qualifier === 'single' ? operator : second
  return { qualifier, base: name.replace(/IfExists$/, ''), ifExists: name.endsWith('IfExists') }
}

/** `requested` is undefined when the request does not have the key. The values of one condition are alternatives; a negated operator wants none of them. */
export function holds(condition: Condition, requested: readonly string[] | undefined): boolean {
  const { qualifier, base, ifExists } = parseOperator(condition.operator)
  const isMissing = requested === undefined || requested.length === 0
  // "Null": true asks that the key is absent, false that it is there and its value is not null.
  if (base === 'Null') return condition.values.some((wanted) => (wanted.toLowerCase() === 'true') === isMissing)
  // Without the key ForAllValues is true and ForAnyValue false, as documented; a negated operator is true, since nothing matches.
  if (isMissing) return ifExists || (qualifier === 'all' ? true : qualifier === 'any' ? false : base in NEGATED)
  const negated = NEGATED[base]
  const compare = POSITIVE[negated ?? base]
  if (compare === undefined) throw new Error(`condition operator ${condition.operator} slipped past the reading of the policy`)
  const one = (value: string) => condition.values.some((wanted) => compare(value, wanted)) !== (negated !== undefined)
  return qualifier === 'any' || (qualifier === 'single' && negated === undefined) ? requested.some(one) : requested.every(one)
}
