// Reads IAM policy documents into statements that can be evaluated, and refuses what could not be evaluated faithfully.
// Source: IAM user guide, "IAM JSON policy elements reference".
import { type Condition, isConditionOperator } from './condition-operators.ts'

export type Statement = {
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly resources: readonly string[]
  readonly notResources: readonly string[]
  readonly conditions: readonly Condition[]
}

/** A policy as the IAM API and CloudFormation write it. */
export type PolicyDocument = { readonly Version?: string; readonly Statement: unknown }

export class PolicyError extends Error {
  override readonly name = 'PolicyError'
}

const KNOWN_ELEMENTS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])

/** @throws PolicyError naming the policy, the element, what was seen and what is known. */
export function readPolicy(policyName: string, document: PolicyDocument): Statement[] {
  return list(document.Statement).map((raw, index) => readStatement(`policy ${policyName}, statement ${index + 1}`, raw))
}

function readStatement(place: string, raw: unknown): Statement {
  if (raw === null || typeof raw !== 'object') throw new PolicyError(`${place}: a statement is an object, seen ${JSON.stringify(raw)}`)
  const element = raw as Record<string, unknown>
  for (const name of Object.keys(element)) {
    if (!KNOWN_ELEMENTS.has(name))
      throw new PolicyError(`${place}: element ${name} is not evaluated here; known are ${[...KNOWN_ELEMENTS].join(', ')}`)
  }
  const effect = element.Effect
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`${place}: Effect is Allow or Deny, seen ${JSON.stringify(effect)}`)
  const statement: Statement = {
    sid: typeof element.Sid === 'string' ? element.Sid : undefined,
    effect,
    actions: strings(`${place}, Action`, element.Action),
    notActions: strings(`${place}, NotAction`, element.NotAction),
    resources: strings(`${place}, Resource`, element.Resource),
    notResources: strings(`${place}, NotResource`, element.NotResource),
    conditions: readConditions(place, element.Condition),
  }
  if (statement.actions.length + statement.notActions.length === 0) throw new PolicyError(`${place}: neither Action nor NotAction`)
  if (statement.resources.length + statement.notResources.length === 0) throw new PolicyError(`${place}: neither Resource nor NotResource`)
  return statement
}

function readConditions(place: string, raw: unknown): Condition[] {
  if (raw === undefined) return []
  return Object.entries(raw as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) => {
    if (!isConditionOperator(operator)) {
      throw new PolicyError(
        `${place}: condition operator ${operator} is not evaluated here; add it to local/aws/iam/condition-operators.ts`,
      )
    }
    return Object.entries(keys).map(([key, value]) => ({
      operator,
      key: key.toLowerCase(),
      values: strings(`${place}, Condition ${operator} ${key}`, value),
    }))
  })
}

function strings(place: string, value: unknown): string[] {
  return list(value).map((one) => {
    if (typeof one === 'boolean' || typeof one === 'number') return String(one)
    if (typeof one !== 'string')
      throw new PolicyError(`${place}: a string, seen ${JSON.stringify(one)}; were all references of the template resolved?`)
    // `${*}`, `${?}` and `${$}` are escapes of single characters; the others would need values of the caller that nothing here has.
    const variable = /\$\{(?![*?$]\})[^}]*\}/.exec(one)?.[0]
    if (variable !== undefined) throw new PolicyError(`${place}: policy variable ${variable} is not evaluated here`)
    return one
  })
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
