// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has such strings.
import { describe, expect, test } from 'vitest'
import { evaluate, type Names } from '#local/deploy/intrinsics.ts'

const names: Names = {
  ref: (name) => {
    const values: Record<string, unknown> = { 'AWS::Region': 'us-east-1', Queue: 'the-queue', Names: ['a', 'b'] }
    if (name in values) return values[name]
    throw new TypeError(`Ref of ${name}`)
  },
  attribute: (logicalId, attribute) => `${logicalId}:${attribute}`,
  condition: (name) => name === 'Yes',
  mapping: (map, first, second) => `${map}/${first}/${second}`,
  imported: (name) => `imported ${name}`,
}

describe('an intrinsic function', () => {
  test.each<[unknown, unknown]>([
    [{ Ref: 'Queue' }, 'the-queue'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue:Arn'],
    [{ 'Fn::GetAtt': 'Queue.Nested.Name' }, 'Queue:Nested.Name'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Queue' }, 3]] }, 'a-the-queue-3'],
    [{ 'Fn::Join': ['', { Ref: 'Names' }] }, 'ab'],
    [{ 'Fn::Sub': 'x ${Queue} ${Queue.Arn} ${!Kept}' }, 'x the-queue Queue:Arn ${Kept}'],
    [{ 'Fn::Sub': ['${Own}/${AWS::Region}', { Own: { Ref: 'Queue' } }] }, 'the-queue/us-east-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['.', 'a.b.c'] }] }, 'b'],
    [{ 'Fn::If': ['Yes', { Ref: 'Queue' }, { Ref: 'Missing' }] }, 'the-queue'],
    [{ 'Fn::If': ['No', 1, 2] }, 2],
    [{ 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'size'] }, 'Map/us-east-1/size'],
    [{ 'Fn::ImportValue': { 'Fn::Sub': '${Queue}-x' } }, 'imported the-queue-x'],
    [{ 'Fn::Base64': 'text' }, 'dGV4dA=='],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }, { 'Fn::Equals': [{ Ref: 'Queue' }, 'the-queue'] }] }, true],
    [{ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'b'] }] }, false],
    [
      { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [1, { Ref: 'AWS::NoValue' }] },
      { kept: 1, list: [1] },
    ],
    [{ Condition: { StringEquals: { key: 'value' } } }, { Condition: { StringEquals: { key: 'value' } } }],
  ])('%j is %j', (value, expected) => {
    expect(evaluate(value, names, 'stack/Id')).toEqual(expected)
  })

  test.each([
    [{ deep: [{ 'Fn::GetAZs': '' }] }, /^stack\/Id: intrinsic Fn::GetAZs is not known here; known are Ref, /],
    [{ Ref: 'Missing' }, /^stack\/Id: Ref of Missing/],
    [{ 'Fn::Select': [4, ['a']] }, /^stack\/Id: Fn::Select of item 4 from 1/],
    [{ 'Fn::Join': ['', 'text'] }, /^stack\/Id: a list was expected, seen "text"/],
    ['{{resolve:ssm:/name}}', /^stack\/Id: dynamic references are not resolved here/],
  ])('%j is refused with the place and the cause', (value, message) => {
    expect(() => evaluate(value, names, 'stack/Id')).toThrow(message)
  })
})
