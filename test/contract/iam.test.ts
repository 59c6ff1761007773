// IAM on the wire: a key of a role can do what its policies say, and nothing else.
import { GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CreateTableCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { GetChangeCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53'
import { GetParameterCommand, GetParametersByPathCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, it } from 'vitest'
import type { InProcessAws } from '#local/aws/in-process-aws.ts'
import { anAccount } from './an-account.ts'
import { awsClients, destroyClients } from './aws-clients.ts'
import { expectFault } from './expect-fault.ts'
import { aRecord, aTxt, aWeighted, aZone, change } from './route53-fixtures.ts'

function aRole(aws: InProcessAws, ...statements: Record<string, unknown>[]): string {
  const document = { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })) }
  aws.iam.registerRole({
    roleName: 'apply',
    arn: 'arn:aws:iam::123456789012:role/apply',
    policies: [{ name: 'own', document }],
    accessKeyId: 'AKIAAPPLY',
  })
  return 'AKIAAPPLY'
}

const KEYS = 'route53:ChangeResourceRecordSetsNormalizedRecordNames'
const TYPES = 'route53:ChangeResourceRecordSetsRecordTypes'

it('a role without a policy is told which action on which resource it lacks', async () => {
  const { aws, root, as } = await anAccount()
  const { zoneId } = await aZone(root.route53, 'zone')
  const fault = await expectFault('AccessDenied', as(aRole(aws)).route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId })))
  expect(fault.message).toBe(
    `User: arn:aws:sts::123456789012:assumed-role/apply/apply is not authorized to perform: route53:ListResourceRecordSets on resource: arn:aws:route53:::hostedzone/${zoneId} because no identity-based policy allows the route53:ListResourceRecordSets action`,
  )
})

it('a role may change the names and types of its conditions only, in every element of the batch', async () => {
  const { aws, root, as } = await anAccount()
  const { zoneId, zone } = await aZone(root.route53, 'zone')
  const key = aRole(aws, {
    Action: 'route53:ChangeResourceRecordSets',
    Resource: `arn:aws:route53:::hostedzone/${zoneId}`,
    Condition: {
      'ForAllValues:StringEquals': { [KEYS]: [`media.${zone}`, `_sluice.media.${zone}`, `\\052.wild.${zone}`], [TYPES]: ['A', 'TXT'] },
      Null: { [KEYS]: 'false' },
    },
  })
  const { route53 } = as(key)
  await change(
    route53,
    zoneId,
    ['CREATE', aWeighted({ Name: `Media.${zone}.` })],
    ['CREATE', aTxt(`_sluice.media.${zone}`, 'gen=0 seq=1')],
    ['CREATE', aWeighted({ Name: `*.wild.${zone}` })],
  )
  await expectFault(
    'AccessDenied',
    change(route53, zoneId, ['UPSERT', aWeighted({ Name: `media.${zone}` })], ['CREATE', aRecord({ Name: `other.${zone}` })]),
  )
  await expectFault(
    'AccessDenied',
    change(route53, zoneId, ['CREATE', aRecord({ Name: `media.${zone}`, Type: 'AAAA', ResourceRecords: [{ Value: '2001:db8::1' }] })]),
  )
})

it('an explicit deny wins over an allow', async () => {
  const { aws, as } = await anAccount()
  const { ssm } = as(
    aRole(aws, { Action: 'ssm:*' }, { Effect: 'Deny', Action: 'ssm:PutParameter', Resource: 'arn:aws:ssm:*:*:parameter/locked/*' }),
  )
  await ssm.send(new PutParameterCommand({ Name: '/open/a', Value: 'x', Type: 'String' }))
  const fault = await expectFault(
    'AccessDeniedException',
    ssm.send(new PutParameterCommand({ Name: '/locked/a', Value: 'x', Type: 'String' })),
  )
  expect(fault.message).toContain('with an explicit deny in an identity-based policy')
})

it('a path of parameters is a resource of its own', async () => {
  const { aws, as } = await anAccount()
  const { ssm } = as(
    aRole(aws, { Action: 'ssm:GetParametersByPath', Resource: 'arn:aws:ssm:us-east-1:123456789012:parameter/sluice/test' }),
  )
  await ssm.send(new GetParametersByPathCommand({ Path: '/sluice/test', Recursive: true }))
  await expectFault('AccessDeniedException', ssm.send(new GetParametersByPathCommand({ Path: '/sluice/prod' })))
  await expectFault('AccessDeniedException', ssm.send(new GetParameterCommand({ Name: '/sluice/test/policy' })))
})

it('metrics can be published to the namespaces of the condition only', async () => {
  const { aws, clock, as } = await anAccount()
  const { cloudwatch } = as(
    aRole(aws, { Action: 'cloudwatch:PutMetricData', Condition: { StringEquals: { 'cloudwatch:namespace': 'Sluice' } } }),
  )
  const data = [{ MetricName: 'Requests', Value: 1, Timestamp: new Date(clock.nowSeconds() * 1000) }]
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Sluice', MetricData: data }))
  await expectFault('AccessDenied', cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Other', MetricData: data })))
  const read = new GetMetricDataCommand({ StartTime: new Date(0), EndTime: new Date(1000), MetricDataQueries: [{ Id: 'a' }] })
  await expectFault('AccessDenied', cloudwatch.send(read))
})

it('partitions of a table can be granted by their keys', async () => {
  const { aws, root, as } = await anAccount()
  const table = { TableName: 'state', BillingMode: 'PAY_PER_REQUEST' as const }
  await root.dynamodb.send(
    new CreateTableCommand({
      ...table,
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  )
  const key = aRole(aws, {
    Action: ['dynamodb:GetItem', 'dynamodb:Query'],
    Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/state',
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'journal#*' } },
  })
  const { dynamodb } = as(key)
  await dynamodb.send(new GetItemCommand({ TableName: 'state', Key: { pk: { S: 'journal#a' } } }))
  await expectFault('AccessDeniedException', dynamodb.send(new GetItemCommand({ TableName: 'state', Key: { pk: { S: 'memory' } } })))
  const query = { TableName: 'state', KeyConditionExpression: '#pk = :pk', ExpressionAttributeNames: { '#pk': 'pk' } }
  await expectFault(
    'AccessDeniedException',
    dynamodb.send(new QueryCommand({ ...query, ExpressionAttributeValues: { ':pk': { S: 'memory' } } })),
  )
  await dynamodb.send(new QueryCommand({ ...query, ExpressionAttributeValues: { ':pk': { S: 'journal#b' } } }))
})

it('a function can be invoked by those who may, by name or ARN', async () => {
  const { aws, as } = await anAccount()
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:apply'
  aws.lambda.register({ functionName: 'apply', arn, roleArn: 'arn:aws:iam::123456789012:role/apply' })
  aws.lambda.register({ functionName: 'other', arn: `${arn.slice(0, -5)}other`, roleArn: 'arn:aws:iam::123456789012:role/apply' })
  aws.lambda.setHost({ invoke: async ({ payload }) => ({ payload: JSON.stringify({ echo: JSON.parse(payload) }), logTail: 'a line' }) })
  const { lambda } = as(aRole(aws, { Action: 'lambda:InvokeFunction', Resource: arn }))
  const { Payload, LogResult, StatusCode } = await lambda.send(
    new InvokeCommand({ FunctionName: arn, Payload: '{"a":1}', LogType: 'Tail' }),
  )
  expect([StatusCode, Payload?.transformToString(), Buffer.from(LogResult ?? '', 'base64').toString()]).toEqual([
    200,
    '{"echo":{"a":1}}',
    'a line',
  ])
  await expectFault('AccessDeniedException', lambda.send(new InvokeCommand({ FunctionName: 'other', Payload: '{}' })))
})

it('what was used is told with the patterns that allowed it, and compared with what was granted', async () => {
  const { aws, root, as } = await anAccount()
  const { zoneId, zone } = await aZone(root.route53, 'zone')
  const key = aRole(
    aws,
    { Action: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'], Resource: 'arn:aws:route53:::hostedzone/*' },
    { Action: 'route53:GetChange' },
  )
  await change(as(key).route53, zoneId, ['CREATE', aRecord({ Name: `a.${zone}` })])
  expect(aws.iam.usage().map(({ role, action, resource }) => [role, action, resource])).toEqual([
    ['apply', 'route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/*'],
  ])
  const used = new Set(aws.iam.usage().map(({ action, resource }) => `${action} ${resource}`))
  const unused = aws.iam.grants().filter(({ action, resource }) => !used.has(`${action} ${resource}`))
  expect(unused.map(({ action }) => action)).toEqual(['route53:ListResourceRecordSets', 'route53:GetChange'])
})

it('a session of a role has the permissions of the role, an unknown key those of the root', async () => {
  const { aws, root } = await anAccount()
  aRole(aws, { Action: 'route53:GetChange' })
  const { Credentials } = await root.sts.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/apply', RoleSessionName: 'by-hand' }),
  )
  const session = awsClients(aws.url, Credentials?.AccessKeyId)
  expect((await session.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:sts::123456789012:assumed-role/apply/by-hand')
  await expectFault('NoSuchChange', session.route53.send(new GetChangeCommand({ Id: 'C0' })))
  await expectFault(
    'AccessDenied',
    session.sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/apply', RoleSessionName: 'again' })),
  )
  destroyClients(session)
})

it('what cannot be evaluated is refused when the role is registered', async () => {
  const { aws } = await anAccount()
  expect(() => aRole(aws, { Action: 'a:b', Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })).toThrow(
    /policy apply\/own, statement 1: condition operator IpAddress is not evaluated here/,
  )
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable is written like this.
  expect(() => aRole(aws, { Action: 'a:b', Resource: 'arn:aws:s3:::home/${aws:username}' })).toThrow(/policy variable \$\{aws:username\}/)
  expect(() => aRole(aws, { Action: 'a:b', Resource: { Ref: 'Table' } })).toThrow(/were all references of the template resolved/)
})
