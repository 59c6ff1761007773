// The policies AWS manages, as far as templates name them here.
import type { PolicyDocument } from '#local/aws/iam/policy-document.ts'

/** Source: AWS managed policy reference guide. */
const DOCUMENTS: Readonly<Record<string, PolicyDocument>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }],
  },
}

/** @throws Error naming the policies that are known */
export function managedPolicy(arn: string): PolicyDocument {
  const document = DOCUMENTS[arn]
  if (document !== undefined) return document
  throw new Error(`managed policy ${arn} is not known here; known are ${Object.keys(DOCUMENTS).join(', ')}`)
}
