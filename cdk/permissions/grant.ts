// A permission of a function with the reason for it; docs/permissions.md prints both.
import { Effect, PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam'

export type Grant = {
  /** Statement id: letters and digits. It links the statement in the template to its reason. */
  readonly sid: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
  readonly reason: string
  /** Why the resource is wider than one thing; present exactly when it is. The linter of the stack is told the same. */
  readonly whyWide?: string
}

export function toStatement({ sid, actions, resources, conditions }: Grant): PolicyStatement {
  const props: PolicyStatementProps = { sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources] }
  return new PolicyStatement(conditions === undefined ? props : { ...props, conditions })
}
