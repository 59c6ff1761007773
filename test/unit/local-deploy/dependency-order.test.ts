// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has such strings.
import { describe, expect, test } from 'vitest'
import { dependencyOrder } from '#local/deploy/dependency-order.ts'
import type { ResourceDeclaration } from '#local/deploy/template.ts'

const aResource = (properties: Record<string, unknown>, dependsOn: string[] = []): ResourceDeclaration => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: properties,
  DependsOn: dependsOn,
  Metadata: undefined,
})

describe('the order of making', () => {
  test('puts each resource after what it refers to, in whatever way', () => {
    const order = dependencyOrder('stack', {
      Join: aResource({ deep: [{ 'Fn::Join': ['', ['x', { Ref: 'Role' }]] }] }),
      Sub: aResource({ text: { 'Fn::Sub': ['${Attribute.Arn} ${Own} ${!Literal}', { Own: { 'Fn::GetAtt': 'Join.Arn' } }] } }),
      Attribute: aResource({ arn: { 'Fn::GetAtt': ['Explicit', 'Arn'] } }),
      Explicit: aResource({ region: { Ref: 'AWS::Region' } }, ['Role']),
      Role: aResource({}),
    })
    expect(order).toEqual(['Role', 'Join', 'Explicit', 'Attribute', 'Sub'])
  })

  test('does not exist for a circle, which is named', () => {
    const circle = { A: aResource({ x: { Ref: 'B' } }), B: aResource({ x: { Ref: 'C' } }), C: aResource({ x: { Ref: 'B' } }) }
    expect(() => dependencyOrder('stack', circle)).toThrow('stack: circular dependency: B → C → B')
  })
})
