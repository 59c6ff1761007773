// Whether a function exists is asked of Lambda without running it, by name or ARN.
import { LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lambdaCheckReader } from '#adapters/aws/lambda-check-reader.ts'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'

const ACCOUNT = 'arn:aws:lambda:us-east-1:123456789012:function'
const FOREIGN = 'arn:aws:lambda:us-east-1:210987654321:function:their-check'

let aws: InProcessAws
const invoked: string[] = []

beforeAll(async () => {
  aws = await createInProcessAws({ clock: createLocalClock({ speed: 1 }) })
  aws.lambda.register({
    functionName: 'media-smoke-test',
    arn: `${ACCOUNT}:media-smoke-test`,
    roleArn: 'arn:aws:iam::123456789012:role/media',
  })
  aws.lambda.setHost({
    invoke: async ({ functionName }) => {
      invoked.push(functionName)
      return { payload: '{}' }
    },
  })
  const allowed = { Effect: 'Allow' as const, Action: 'lambda:GetFunctionConfiguration', Resource: `${ACCOUNT}:*` }
  const policies = [{ name: 'judge', document: { Version: '2012-10-17', Statement: [allowed] } }]
  aws.iam.registerRole({ roleName: 'judge', arn: 'arn:aws:iam::123456789012:role/judge', policies, accessKeyId: 'JUDGE' })
  aws.iam.registerRole({ roleName: 'nobody', arn: 'arn:aws:iam::123456789012:role/nobody', policies: [], accessKeyId: 'NOBODY' })
})
afterAll(() => aws.close())

const readerOf = (accessKeyId: string) =>
  lambdaCheckReader(new LambdaClient({ endpoint: aws.url, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey: 'any' } }))

describe('preflight: of the functions that gates ask', () => {
  it('those that do not exist are named as they were asked for, and none is run', async () => {
    const asked = ['media-smoke-test', `${ACCOUNT}:media-smoke-test`, 'media-smoke-tset', `${ACCOUNT}:gone`]
    expect(await readerOf('JUDGE').missing(asked)).toEqual(['media-smoke-tset', `${ACCOUNT}:gone`])
    expect(invoked).toEqual([])
  })

  it('one of another account that does not let itself be read is met at its gate', async () => {
    expect(await readerOf('NOBODY').missing([FOREIGN])).toEqual([])
  })

  it('one of the own account that may not be read is an error, not a function that exists', async () => {
    await expect(readerOf('NOBODY').missing(['media-smoke-test'])).rejects.toThrow(/lambda:GetFunctionConfiguration/)
  })
})
