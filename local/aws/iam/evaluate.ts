// Decides whether a set of statements allows one action on one resource: an explicit deny wins, then an allow, else an implicit deny.
// Source: IAM user guide, "Policy evaluation logic" (identity-based policies within one account).
import type { Permission } from '../wire/operation.ts'
import { holds } from './condition-operators.ts'
import type { Statement } from './policy-document.ts'
import { matchesPattern } from './wildcard.ts'

/** The patterns of an allowing statement that matched: what a test compares with what was granted. */
export type MatchedGrant = { readonly action: string; readonly resource: string }

export type Verdict =
  | { readonly kind: 'allowed'; readonly grants: readonly MatchedGrant[] }
  | { readonly kind: 'implicit-deny' }
  | { readonly kind: 'explicit-deny' }

export function evaluate(statements: readonly Statement[], permission: Permission): Verdict {
  const grants: MatchedGrant[] = []
  for (const statement of statements) {
    const match = matchStatement(statement, permission)
    if (match === undefined) continue
    if (statement.effect === 'Deny') return { kind: 'explicit-deny' }
    grants.push(match)
  }
  return grants.length === 0 ? { kind: 'implicit-deny' } : { kind: 'allowed', grants }
}

function matchStatement(statement: Statement, { action, resource, context = {} }: Permission): MatchedGrant | undefined {
  const actionPattern = matching(statement.actions, statement.notActions, action, true)
  const resourcePattern = matching(statement.resources, statement.notResources, resource, false)
  if (actionPattern === undefined || resourcePattern === undefined) return undefined
  if (!statement.conditions.every((condition) => holds(condition, context[condition.key]))) return undefined
  return { action: actionPattern, resource: resourcePattern }
}

/** Action names are not case-sensitive, resources are. */
function matching(patterns: readonly string[], excluded: readonly string[], value: string, ignoreCase: boolean): string | undefined {
  if (patterns.length > 0) return patterns.find((pattern) => matchesPattern(pattern, value, { ignoreCase }))
  return excluded.some((pattern) => matchesPattern(pattern, value, { ignoreCase })) ? undefined : '*'
}
