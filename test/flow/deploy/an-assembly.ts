// A small cloud assembly written by hand: one function, one table, one parameter, a schedule, an alarm's rule and a dead-letter queue.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const HANDLER = fileURLToPath(new URL('./fixture-handler.ts', import.meta.url))

/** Bundled as the product's handlers are. */
export async function anAsset(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-fixture-'))
  const outfile = join(folder, 'asset', 'index.mjs')
  await build({
    entryPoints: [HANDLER],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
  })
  return join(folder, 'asset')
}

export interface AssemblyOptions {
  readonly asset: string
  readonly greeting?: string
  readonly memorySize?: number
  /** Without it, no rule may invoke the function. */
  readonly hasPermission?: boolean
  /** Whether the role lets the function write its table. */
  readonly mayWrite?: boolean
  readonly resources?: Record<string, unknown>
  readonly region?: string
}

/** Writes the assembly into a new folder. */
export function anAssembly(options: AssemblyOptions): string {
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-fixture-'))
  mkdirSync(outdir, { recursive: true })
  const write = (file: string, content: unknown): void => writeFileSync(join(outdir, file), JSON.stringify(content))
  write('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'fixture.assets': { type: 'cdk:asset-manifest', properties: { file: 'fixture.assets.json' } },
      fixture: {
        type: 'aws:cloudformation:stack',
        environment: `aws://unknown-account/${options.region ?? 'us-east-1'}`,
        properties: { templateFile: 'fixture.template.json' },
        dependencies: ['fixture.assets'],
      },
    },
  })
  write('fixture.assets.json', { files: { abc: { source: { path: options.asset }, destinations: { here: { objectKey: 'abc.zip' } } } } })
  write('fixture.template.json', aTemplate(options))
  return outdir
}

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] })

function aTemplate({ greeting = 'hello', memorySize = 256, hasPermission = true, mayWrite = true, resources = {} }: AssemblyOptions) {
  const target = {
    Id: 'Function',
    Arn: arnOf('Function'),
    DeadLetterConfig: { Arn: arnOf('DeadLetters') },
    RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
  }
  const permission = (rule: string) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf('Function'),
      Principal: 'events.amazonaws.com',
      SourceArn: arnOf(rule),
    },
  })
  return {
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        DeletionPolicy: 'Retain',
        Properties: {
          AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          BillingMode: 'PAY_PER_REQUEST',
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
          Replicas: [{ Region: { Ref: 'AWS::Region' }, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
        },
      },
      Greeting: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/fixture/greeting', Type: 'String', Value: greeting } },
      DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead-letters' } },
      DeadLettersPolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'DeadLetters' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sqs:SendMessage',
                Principal: { Service: 'events.amazonaws.com' },
                Resource: arnOf('DeadLetters'),
                Condition: { ArnEquals: { 'aws:SourceArn': arnOf('Tick') } },
              },
            ],
          },
        },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
          },
          ManagedPolicyArns: [
            { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']] },
          ],
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'Policy',
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              ...(mayWrite ? [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arnOf('Table') }] : []),
              { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('DeadLetters') },
              { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: { 'Fn::Sub': 'arn:aws:ssm:*:*:parameter/fixture/*' } },
            ],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        DependsOn: ['Policy'],
        Properties: {
          FunctionName: 'fixture',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { S3Bucket: { 'Fn::Sub': 'assets' }, S3Key: 'abc.zip' },
          Role: arnOf('Role'),
          MemorySize: memorySize,
          Timeout: 10,
          Environment: { Variables: { TABLE: { Ref: 'Table' }, PARAMETER: { Ref: 'Greeting' } } },
          DeadLetterConfig: { TargetArn: arnOf('DeadLetters') },
        },
      },
      EventInvoke: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: { Ref: 'Function' }, Qualifier: '$LATEST', MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      },
      Tick: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED', Targets: [target] } },
      Alarmed: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.cloudwatch'],
            'detail-type': ['CloudWatch Alarm State Change'],
            detail: { alarmName: ['fixture-errors'] },
          },
          Targets: [target],
        },
      },
      Errors: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: 'fixture-errors',
          Namespace: 'AWS/Lambda',
          MetricName: 'Errors',
          Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Function' } }],
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          TreatMissingData: 'notBreaching',
        },
      },
      Letters: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: 'fixture-letters',
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['DeadLetters', 'QueueName'] } }],
          Statistic: 'Maximum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        },
      },
      ...(hasPermission ? { TickMayInvoke: permission('Tick'), AlarmedMayInvoke: permission('Alarmed') } : {}),
      ...resources,
    },
    Outputs: { Table: { Value: { Ref: 'Table' } } },
  }
}
