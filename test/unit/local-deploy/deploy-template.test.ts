// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has such strings.
import { beforeEach, describe, expect, test } from 'vitest'
import { createIam, type Iam } from '#local/aws/iam/iam.ts'
import { type AccountRegistry, createAccountRegistry } from '#local/deploy/account-registry.ts'
import { type DeploymentRecord, type DeploymentResult, deployTemplate } from '#local/deploy/deploy-template.ts'
import type { DeploymentContext } from '#local/deploy/deployment-context.ts'
import { readTemplate } from '#local/deploy/template.ts'

let iam: Iam
let registry: AccountRegistry
beforeEach(() => {
  iam = createIam()
  registry = createAccountRegistry(iam)
})

/** Resources that need no wire: log groups and roles. */
function deploy(
  resources: Record<string, unknown>,
  previous?: DeploymentRecord,
  more: Record<string, unknown> = {},
): Promise<DeploymentResult> {
  const context = { stackName: 'stack', region: 'us-east-1', accountId: '123456789012', registry } as DeploymentContext
  return deployTemplate({ template: readTemplate('stack', { Resources: resources, ...more }), context, previous })
}

const aLogGroup = (name: string | undefined, overrides: Record<string, unknown> = {}) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: name === undefined ? {} : { LogGroupName: name },
  ...overrides,
})
const aRole = (...services: string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: services.length === 1 ? services[0] : services } }],
    },
    ManagedPolicyArns: [
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']] },
    ],
  },
})

describe('a deployment', () => {
  test('makes what the template says, with generated names, outputs and exports', async () => {
    const { record, actions } = await deploy({ Given: aLogGroup('/given'), Made: aLogGroup(undefined) }, undefined, {
      Outputs: { Both: { Value: { 'Fn::Sub': '${Given} ${Made.Arn}' }, Export: { Name: 'both' } } },
    })
    const [given, made] = [...registry.logGroups.keys()]
    expect(given).toBe('/given')
    expect(made).toMatch(/^stack-Made-[0-9A-F]{12}$/)
    expect(record.outputs.Both).toBe(`/given arn:aws:logs:us-east-1:123456789012:log-group:${made}:*`)
    expect(record.exports).toEqual({ both: record.outputs.Both })
    expect([...actions.values()]).toEqual(['created', 'created'])
  })

  test('leaves out what a condition leaves out', async () => {
    const Conditions = {
      Never: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] },
      Always: { 'Fn::Not': [{ Condition: 'Never' }] },
    }
    const resources = { No: aLogGroup('/no', { Condition: 'Never' }), Yes: aLogGroup('/yes', { Condition: 'Always' }) }
    await deploy(resources, undefined, { Conditions })
    expect([...registry.logGroups.keys()]).toEqual(['/yes'])
  })

  test('gives a role its inline, managed and attached policies', async () => {
    const Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' }] }
    const Policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'more', PolicyDocument: Document, Roles: [{ Ref: 'Role' }] } }
    const { record } = await deploy({ Policy, Role: aRole('lambda.amazonaws.com') })
    const role = record.resources.get('Role')
    expect(role?.attributes.Arn).toBe(`arn:aws:iam::123456789012:role/${role?.physicalId}`)
    expect(iam.role(role?.physicalId ?? '')?.policies.map(({ name }) => name)).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      'more',
    ])
    expect(registry.assumedBy('lambda.amazonaws.com', role?.attributes.Arn ?? '', 'fixture').accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
    expect(() => registry.assumedBy('events.amazonaws.com', role?.attributes.Arn ?? '', 'rule')).toThrow(
      /cannot be assumed by events.amazonaws.com/,
    )
  })
})

describe('a second deployment', () => {
  test('leaves alone what did not change', async () => {
    const first = await deploy({ A: aLogGroup('/a'), B: aLogGroup(undefined) })
    const second = await deploy({ A: aLogGroup('/a'), B: aLogGroup(undefined) }, first.record)
    expect([...second.actions.values()]).toEqual(['unchanged', 'unchanged'])
    expect(second.record.resources).toEqual(first.record.resources)
  })

  test('changes in place what can be changed in place', async () => {
    const first = await deploy({ A: aLogGroup('/a') })
    const changed = aLogGroup('/a', { Properties: { LogGroupName: '/a', RetentionInDays: 30 } })
    const { actions } = await deploy({ A: changed }, first.record)
    expect(actions.get('A')).toBe('changed')
    expect([...registry.logGroups]).toEqual([['/a', { retentionDays: 30 }]])
  })

  test('replaces what cannot, and removes the old one unless it is to be retained', async () => {
    const retained = { UpdateReplacePolicy: 'Retain' }
    const first = await deploy({ A: aLogGroup('/a'), B: aLogGroup('/b', retained) })
    const { actions } = await deploy({ A: aLogGroup('/a2'), B: aLogGroup('/b2', retained) }, first.record)
    expect([...actions.values()]).toEqual(['replaced', 'replaced'])
    expect([...registry.logGroups.keys()].toSorted()).toEqual(['/a2', '/b', '/b2'])
  })

  test('removes what the template no longer has, dependants first, and keeps what is to be retained', async () => {
    const first = await deploy({ A: aLogGroup('/a'), B: aLogGroup('/b', { DeletionPolicy: 'Retain' }), C: aLogGroup('/c') })
    const { actions, record } = await deploy({ C: aLogGroup('/c') }, first.record)
    expect(Object.fromEntries(actions)).toEqual({ A: 'removed', B: 'retained', C: 'unchanged' })
    expect([...registry.logGroups.keys()]).toEqual(['/b', '/c'])
    expect([...record.resources.keys()]).toEqual(['C'])
  })

  test('keeps the policies attached to a role whose own description changed', async () => {
    const Document = { Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' }] }
    const Policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'more', PolicyDocument: Document, Roles: [{ Ref: 'Role' }] } }
    const first = await deploy({ Role: aRole('lambda.amazonaws.com'), Policy })
    const { record, actions } = await deploy({ Role: aRole('lambda.amazonaws.com', 'events.amazonaws.com'), Policy }, first.record)
    expect(Object.fromEntries(actions)).toEqual({ Role: 'changed', Policy: 'unchanged' })
    expect(iam.role(record.resources.get('Role')?.physicalId ?? '')?.policies).toHaveLength(2)
  })
})

describe('a template that cannot be deployed is refused with its logical id', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'an unknown type',
      { Bucket: { Type: 'AWS::S3::Bucket' } },
      /^stack\/Bucket: resource type AWS::S3::Bucket cannot be deployed here; known are /,
    ],
    ['an unknown property', { A: aLogGroup('/a', { Properties: { KmsKeyId: 'k' } }) }, /^stack\/A: AWS::Logs::LogGroup with .*KmsKeyId/],
    [
      'an unknown intrinsic',
      { A: aLogGroup('/a', { Properties: { LogGroupName: { 'Fn::Cidr': [] } } }) },
      /^stack\/A: intrinsic Fn::Cidr is not known/,
    ],
    [
      'an unknown attribute',
      { A: aLogGroup('/a'), B: aLogGroup('/b', { Properties: { LogGroupName: { 'Fn::GetAtt': ['A', 'Size'] } } }) },
      /^stack\/B: attribute Size of A is not known: AWS::Logs::LogGroup has Arn$/,
    ],
    ['a reference to nothing', { A: aLogGroup('/a', { Properties: { LogGroupName: { Ref: 'Nothing' } } }) }, /^stack\/A: Ref of Nothing/],
    [
      'an unknown managed policy',
      {
        R: { ...aRole('x'), Properties: { ...aRole('x').Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } },
      },
      /^stack\/R: AWS::IAM::Role failed: Error: managed policy .*AdministratorAccess is not known/,
    ],
    [
      'an unknown section of a resource',
      { A: aLogGroup('/a', { CreationPolicy: {} }) },
      /^stack: the template cannot be read: .*CreationPolicy/,
    ],
  ])('%s', async (_what, resources, message) => {
    await expect(Promise.resolve().then(() => deploy(resources))).rejects.toThrow(message)
    expect([...registry.logGroups.keys()]).not.toContain('/b')
  })
})
