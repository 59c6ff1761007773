// SDK clients of one endpoint under one access key.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { Route53Client } from '@aws-sdk/client-route-53'
import { SFNClient } from '@aws-sdk/client-sfn'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'

export type AwsClients = ReturnType<typeof awsClients>

export function awsClients(endpoint: string, accessKeyId = 'root') {
  const options = { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey: 'secret' } }
  return {
    route53: new Route53Client(options),
    cloudwatch: new CloudWatchClient(options),
    ssm: new SSMClient(options),
    dynamodb: new DynamoDBClient(options),
    sqs: new SQSClient(options),
    sns: new SNSClient(options),
    events: new EventBridgeClient(options),
    lambda: new LambdaClient(options),
    sfn: new SFNClient(options),
    sts: new STSClient(options),
  }
}

export function destroyClients(clients: AwsClients): void {
  for (const client of Object.values(clients)) client.destroy()
}
