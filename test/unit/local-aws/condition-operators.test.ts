// Conditions of policies, with keys of one value, of several, and of none.
import { expect, it } from 'vitest'
import { holds, isConditionOperator } from '#local/aws/iam/condition-operators.ts'

it.each<[operator: string, wanted: string[], requested: string[] | undefined, expected: boolean]>([
  ['StringEquals', ['a', 'b'], ['b'], true],
  ['StringEquals', ['a'], ['A'], false],
  ['StringEquals', ['a'], undefined, false],
  ['StringEqualsIfExists', ['a'], undefined, true],
  ['StringNotEquals', ['a', 'b'], ['c'], true],
  ['StringNotEquals', ['a', 'b'], ['b'], false],
  ['StringNotEquals', ['a'], undefined, true],
  ['StringLike', ['_sluice.*'], ['_sluice.media'], true],
  ['StringLike', ['a?c'], ['abbc'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a'], undefined, true],
  ['ForAnyValue:StringEquals', ['a'], ['c', 'a'], true],
  ['ForAnyValue:StringEquals', ['a'], undefined, false],
  ['ForAllValues:StringLike', ['*.test'], ['a.test', 'b.test'], true],
  ['Null', ['true'], undefined, true],
  ['Null', ['true'], ['a'], false],
  ['Null', ['false'], ['a'], true],
  ['Null', ['false'], undefined, false],
  ['Bool', ['true'], ['True'], true],
  ['ArnLike', ['arn:aws:events:*:123456789012:rule/*'], ['arn:aws:events:us-east-1:123456789012:rule/a/b'], true],
  ['ArnLike', ['arn:aws:events:*:rule/a'], ['arn:aws:events:us-east-1:123456789012:rule/a'], false],
  ['NumericLessThan', ['10'], ['9'], true],
  ['NumericLessThan', ['10'], ['10'], false],
])('%s %j of %j is %s', (operator, values, requested, expected) => {
  expect(holds({ operator, key: 'k', values }, requested)).toBe(expected)
})

it.each(['IpAddress', 'DateLessThan', 'BinaryEquals', 'ForSomeValues:StringEquals', ''])('%s is not known', (operator) => {
  expect(isConditionOperator(operator)).toBe(false)
})
