// What the stack promises: what is kept, who may write DNS, and that no late order is executed.
import { Match } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { HANDLER_NAMES } from '#cdk/handlers.ts'
import { configurationOf, exampleConfiguration, synthesise } from './synthesise.ts'

const template = synthesise(exampleConfiguration())

type Statement = { Sid: string; Action: string | string[]; Resource: unknown; Condition?: Record<string, Record<string, unknown>> }

/** The statements of one function's role, by their ids. */
function statementsOf(handler: string, of = template): Map<string, Statement> {
  const policies = Object.entries(of.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith(`Controller${handler}Role`))
  return new Map(
    policies.flatMap(([, policy]) => (policy.Properties.PolicyDocument.Statement as Statement[]).map((one) => [one.Sid, one] as const)),
  )
}

function actionsOf(handler: string): string[] {
  return [...statementsOf(handler).values()].flatMap(({ Action }) => Action)
}

describe('state', () => {
  test('is one table that survives the stack, with point-in-time recovery and expiry of items', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [
          Match.objectLike({ DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
        ],
      }),
    })
  })

  test('does not include weighted records: a deployment never resets live weights', () => {
    template.resourceCountIs('AWS::Route53::RecordSet', 0)
    template.resourceCountIs('AWS::Route53::RecordSetGroup', 0)
  })
})

describe('health checks', () => {
  test('exist for each endpoint, retained, every 10 s with threshold 3, tagged with what they are for', () => {
    template.resourceCountIs('AWS::Route53::HealthCheck', 2)
    template.allResources('AWS::Route53::HealthCheck', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
    template.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'HTTPS',
        IPAddress: '198.51.100.20',
        Port: 443,
        RequestInterval: 10,
        FailureThreshold: 3,
        EnableSNI: true,
      },
      HealthCheckTags: Match.arrayWith([
        { Key: 'sluice:endpoint', Value: 'ingress-1' },
        { Key: 'sluice:provider', Value: 'hetzner' },
        { Key: 'sluice:stage', Value: 'prod' },
      ]),
    })
  })

  test('wake rebalance when their alarms change', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { 'detail-type': ['CloudWatch Alarm State Change'], detail: { alarmName: [{ prefix: 'sluice-prod-probe-' }] } },
    })
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'sluice-prod-probe-hetzner-ingress-1',
      MetricName: 'HealthCheckStatus',
    })
  })

  test('of endpoints without an address look at their name', () => {
    const named = configurationOf(`
zones: { example.com: Z0123456789EXAMPLE }
providers:
  aws: { rating: 1, endpoints: [{ name: lb, alias: { dnsName: lb.example.net, hostedZoneId: Z2 } }] }
  other: { rating: 1, endpoints: [{ name: in, ipv4: 192.0.2.1 }], healthCheck: { protocol: TCP, port: 8443 } }
hostnames: { example.com: }`)
    const checks = Object.values(synthesise(named).findResources('AWS::Route53::HealthCheck')).map(
      ({ Properties }) => Properties.HealthCheckConfig,
    )
    expect(checks).toEqual([
      {
        Type: 'HTTPS',
        FullyQualifiedDomainName: 'lb.example.net',
        Port: 443,
        ResourcePath: '/',
        EnableSNI: true,
        RequestInterval: 10,
        FailureThreshold: 3,
      },
      { Type: 'TCP', IPAddress: '192.0.2.1', Port: 8443, RequestInterval: 10, FailureThreshold: 3 },
    ])
  })
})

describe('permissions', () => {
  test('to write records belong to apply alone', () => {
    expect(actionsOf('apply')).toContain('route53:ChangeResourceRecordSets')
    expect(actionsOf('rebalance').filter((action) => action.startsWith('route53:'))).toEqual([])
    expect(actionsOf('reconcile')).not.toContain('route53:ChangeResourceRecordSets')
  })

  test('to write records name the records, their types and CREATE and DELETE only, and do not hold when a key is absent', () => {
    const write = statementsOf('apply').get('WriteRecordsZ0123456789EXAMPLE')
    const key = 'route53:ChangeResourceRecordSets'
    expect(write?.Resource).toBe('arn:aws:route53:::hostedzone/Z0123456789EXAMPLE')
    expect(write?.Condition).toEqual({
      'ForAllValues:StringEquals': {
        [`${key}NormalizedRecordNames`]: [
          '_sluice.files.example.com',
          '_sluice.media.example.com',
          'files.example.com',
          'media.example.com',
        ],
        [`${key}RecordTypes`]: ['A', 'AAAA', 'TXT'],
        [`${key}Actions`]: ['CREATE', 'DELETE'],
      },
      Null: { [`${key}NormalizedRecordNames`]: 'false', [`${key}RecordTypes`]: 'false', [`${key}Actions`]: 'false' },
    })
  })

  test('to write a wildcard name it as Route 53 compares it, and each zone has its own names', () => {
    const two = configurationOf(`
zones: { example.com: ZONE1, example.org: ZONE2 }
providers: { aws: { rating: 1, endpoints: [{ name: in, ipv4: 192.0.2.1 }] } }
hostnames: { "*.example.com": , media.example.org: }`)
    const statements = statementsOf('apply', synthesise(two))
    const namesIn = (sid: string) =>
      statements.get(sid)?.Condition?.['ForAllValues:StringEquals']?.['route53:ChangeResourceRecordSetsNormalizedRecordNames']
    expect(namesIn('WriteRecordsZONE1')).toEqual(['\\052.example.com', '_sluice._wildcard.example.com'])
    expect(namesIn('WriteRecordsZONE2')).toEqual(['_sluice.media.example.org', 'media.example.org'])
  })

  test('come from roles that carry no managed policy', () => {
    for (const role of Object.values(template.findResources('AWS::IAM::Role'))) expect(role.Properties.ManagedPolicyArns).toBeUndefined()
  })
})

describe('a late order', () => {
  test('is not executed: 60 s, no retries, dead letters, for functions and rules alike', () => {
    template.resourceCountIs('AWS::Lambda::EventInvokeConfig', HANDLER_NAMES.length)
    template.allResourcesProperties('AWS::Lambda::EventInvokeConfig', { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 })
    template.allResourcesProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: Match.anyValue() } })
    const rules = Object.values(template.findResources('AWS::Events::Rule')).map(({ Properties }) => Properties)
    // What is told to people is no order: it may come later.
    const orders = rules.filter(({ EventBusName }) => EventBusName === undefined)
    expect(orders.map(({ Name }) => Name).toSorted()).toEqual(
      ['tick', 'sweep', 'probe-alarm', 'canary-died'].map((name) => `sluice-prod-${name}`).toSorted(),
    )
    for (const { Targets } of orders) {
      const RetryPolicy = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 }
      expect(Targets).toMatchObject([{ RetryPolicy, DeadLetterConfig: { Arn: expect.anything() } }])
    }
  })

  test('cannot overlap the next tick', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'sluice-prod-rebalance', Timeout: 55 })
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' })
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(10 minutes)' })
  })
})

describe('functions', () => {
  test('run on Node 24 on arm64 with a log group that ends after a month', () => {
    template.allResourcesProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] })
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 })
  })
})

describe('alarms', () => {
  test('tell the topic that the file names, and nobody when it names none', () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:on-call'
    const alarmsOf = (of: typeof template) => Object.values(of.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties)
    for (const alarm of alarmsOf(synthesise({ ...exampleConfiguration(), alarmTopicArn: topic }))) {
      expect(alarm).toMatchObject({ AlarmActions: [topic], OKActions: [topic] })
    }
    for (const alarm of alarmsOf(template)) expect(alarm.AlarmActions).toBeUndefined()
  })
})

describe('parameters', () => {
  test('carry the configuration and the names that the command line needs', () => {
    for (const name of [
      'policy',
      'providers/aws',
      'providers/hetzner',
      'hostnames/media.example.com',
      'hostnames/files.example.com',
      'stack',
    ]) {
      template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/sluice/prod/${name}`, Tier: 'Standard' })
    }
  })
})

describe('more than AWS takes', () => {
  test('hostnames whose names do not fit into a policy are refused with the mend', () => {
    const hostnames = Array.from({ length: 300 }, (_, index) => `  service-${index}.example.com:`).join('\n')
    const many = configurationOf(`
zones: { example.com: ZONE1 }
providers: { aws: { rating: 1, endpoints: [{ name: in, ipv4: 192.0.2.1 }] } }
hostnames:
${hostnames}`)
    expect(() => synthesise(many)).toThrow(/300 hostnames.*allowed are 7500.*two stages/)
  })

  test('endpoints that do not fit into a parameter are refused with the mend', () => {
    const endpoints = Array.from({ length: 80 }, (_, index) => `{ name: ingress-${index}, ipv4: 192.0.2.${index + 1} }`).join(', ')
    const many = configurationOf(`
zones: { example.com: ZONE1 }
providers: { aws: { rating: 1, endpoints: [${endpoints}] } }
hostnames: { media.example.com: }`)
    expect(() => synthesise(many)).toThrow(/providers\/aws.*fewer endpoints/)
  })
})
