// Whether the policy of a resource itself lets a service act on it: services have no other permission.
// Source: IAM user guide, "AWS JSON policy elements: Principal"; EventBridge user guide, "Using resource-based policies for Amazon EventBridge".
import { evaluate } from './evaluate.ts'
import { type PolicyDocument, readPolicy } from './policy-document.ts'

type Principal = '*' | { readonly AWS?: unknown; readonly Service?: unknown }
type RawStatement = Record<string, unknown> & { readonly Principal?: Principal }

export type ServiceAct = {
  readonly service: string
  readonly action: string
  /** The resource that has the policy. */
  readonly resource: string
  /** What the service acts for, such as a rule. */
  readonly sourceArn: string
}

/** @param policy JSON text; an empty one allows nothing. @throws PolicyError for a policy that cannot be evaluated faithfully */
export function mayService(policy: string, { service, action, resource, sourceArn }: ServiceAct): boolean {
  if (policy === '') return false
  const document = JSON.parse(policy) as { readonly Statement?: RawStatement | RawStatement[] }
  const statements = [document.Statement ?? []].flat().filter(({ Principal }) => isNamed(Principal, service))
  const own: PolicyDocument = { Statement: statements.map(({ Principal: _principal, ...statement }) => statement) }
  const context = { 'aws:sourcearn': [sourceArn], 'aws:securetransport': ['true'] }
  return evaluate(readPolicy(`of ${resource}`, own), { action, resource, context }).kind === 'allowed'
}

/** `"*"` and `{"AWS": "*"}` mean everyone. */
function isNamed(principal: Principal | undefined, service: string): boolean {
  if (principal === undefined) return false
  if (principal === '*') return true
  return [principal.AWS].flat().includes('*') || [principal.Service].flat().includes(service)
}
