// The account owner's SDK clients: resources are created over the wire, like from any other program.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { Route53Client } from '@aws-sdk/client-route-53'
import { SFNClient } from '@aws-sdk/client-sfn'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SSMClient } from '@aws-sdk/client-ssm'

export function createRootClients(endpoint: string, region: string) {
  const settings = {
    endpoint,
    region,
    // Keys that belong to no role are the account's root.
    credentials: { accessKeyId: 'AKIAROOTOFTHEACCOUNT', secretAccessKey: 'root' },
    // This thread lives in real time, the endpoint answers with the time of its clock: no reason to correct anything.
    disableClockSkewCorrection: true,
  }
  const clients = {
    cloudwatch: new CloudWatchClient(settings),
    dynamodb: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    route53: new Route53Client(settings),
    sfn: new SFNClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
    ssm: new SSMClient(settings),
  }
  return {
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy()
    },
  }
}

export type RootClients = ReturnType<typeof createRootClients>
