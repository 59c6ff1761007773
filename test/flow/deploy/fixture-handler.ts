// The function of the fixture: reads its parameter, keeps each event in its table, and fails where the event asks for it.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'

const dynamodb = new DynamoDBClient()
const ssm = new SSMClient()
const { TABLE, PARAMETER, AWS_LAMBDA_FUNCTION_MEMORY_SIZE } = process.env

interface FixtureEvent {
  readonly time?: string
  readonly 'detail-type'?: string
  readonly fail?: boolean
  readonly detail?: { readonly state?: { readonly value: string } }
}

export async function handler(event: FixtureEvent): Promise<string> {
  if (event.fail) throw Object.assign(new Error('asked to fail'), { name: 'AskedToFail' })
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: PARAMETER }))
  const what = event['detail-type'] ?? 'call'
  const item = {
    pk: { S: what },
    sk: { S: event.time ?? new Date().toISOString() },
    state: { S: event.detail?.state?.value ?? '' },
    ranAt: { S: new Date().toISOString() },
    greeting: { S: Parameter?.Value ?? '' },
    memory: { S: AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '' },
  }
  await dynamodb.send(new PutItemCommand({ TableName: TABLE, Item: item }))
  console.log(`kept ${what}`)
  return what
}
