// Whether a queue's own policy lets a service send to it: services have no other permission.
// Source: IAM user guide, "AWS JSON policy elements: Principal"; EventBridge user guide, "Using dead-letter queues to process undelivered events".
import { evaluate } from '../iam/evaluate.ts'
import { type PolicyDocument, readPolicy } from '../iam/policy-document.ts'
import type { Queue } from './queues.ts'

type Principal = '*' | { readonly AWS?: unknown; readonly Service?: unknown }
type RawStatement = Record<string, unknown> & { readonly Principal?: Principal }

/** @param sourceArn what the service acts for, such as a rule. @throws PolicyError for a policy that cannot be evaluated faithfully */
export function mayServiceSend(queue: Pick<Queue, 'name' | 'arn' | 'attributes'>, service: string, sourceArn: string): boolean {
  const text = queue.attributes.get('Policy') ?? ''
  if (text === '') return false
  const document = JSON.parse(text) as { readonly Statement?: RawStatement | RawStatement[] }
  const statements = [document.Statement ?? []].flat().filter(({ Principal }) => isNamed(Principal, service))
  const own: PolicyDocument = { Statement: statements.map(({ Principal: _principal, ...statement }) => statement) }
  const context = { 'aws:sourcearn': [sourceArn], 'aws:securetransport': ['true'] }
  return evaluate(readPolicy(`of queue ${queue.name}`, own), { action: 'sqs:SendMessage', resource: queue.arn, context }).kind === 'allowed'
}

/** `"*"` and `{"AWS": "*"}` mean everyone. */
function isNamed(principal: Principal | undefined, service: string): boolean {
  if (principal === undefined) return false
  if (principal === '*') return true
  return [principal.AWS].flat().includes('*') || [principal.Service].flat().includes(service)
}
