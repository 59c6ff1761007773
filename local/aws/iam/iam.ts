// Who holds which access key, what they may do, and what they did: every request passes through `authorise`.
import { ACCOUNT_ID } from '../account.ts'
import type { Permission } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import { evaluate } from './evaluate.ts'
import { type PolicyDocument, readPolicy, type Statement } from './policy-document.ts'

export type RoleDefinition = {
  readonly roleName: string
  /** `arn:aws:iam::<account>:role/<name>` */
  readonly arn: string
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[]
  /** The key under which the role's code signs; its session is named like the role. More can be had by AssumeRole. */
  readonly accessKeyId?: string | undefined
}

/** The use of a grant. `action` and `resource` are the patterns of the statement that allowed it, `requested` the last request of that action. */
export type Use = {
  readonly role: string
  readonly action: string
  readonly resource: string
  readonly requested: { readonly action: string; readonly resource: string }
}

/** An allowing statement of a role, one entry per pair of its patterns. */
export type Grant = { readonly role: string; readonly action: string; readonly resource: string }

export type Caller =
  | { readonly kind: 'root'; readonly arn: string }
  | { readonly kind: 'session'; readonly arn: string; readonly roleName: string }

type Role = { readonly definition: RoleDefinition; readonly statements: readonly Statement[] }

export interface Iam {
  /** Replaces a role of the same name. Throws `PolicyError` for what could not be evaluated faithfully. */
  registerRole(role: RoleDefinition): void
  role(arnOrName: string): RoleDefinition | undefined
  /** Makes `accessKeyId` act as a session of the role. */
  openSession(roleName: string, sessionName: string, accessKeyId: string): Caller
  /** Unknown access keys are the account's root. */
  caller(accessKeyId: string): Caller
  /** Throws AccessDenied, under the name the service gives it, unless every permission is allowed. */
  authorise(accessKeyId: string, permissions: readonly Permission[], denialCode: string): void
  /** For principals that never reach the wire, such as the role of a rule or a state machine. */
  authoriseRole(roleArnOrName: string, permissions: readonly Permission[], denialCode: string): void
  /** What was allowed and used since the start, each once. */
  usage(): Use[]
  grants(): Grant[]
}

export function createIam(): Iam {
  const roles = new Map<string, Role>()
  const sessions = new Map<string, Extract<Caller, { kind: 'session' }>>()
  const uses = new Map<string, Use>()
  const find = (arnOrName: string) => roles.get(arnOrName.slice(arnOrName.lastIndexOf('/') + 1))

  function authoriseAs(caller: Caller, permissions: readonly Permission[], denialCode: string): void {
    if (caller.kind === 'root') return
    const role = roles.get(caller.roleName)
    // The loopback endpoint stands for AWS's own, which is reached by TLS.
    const global = {
      'aws:principalarn': [role?.definition.arn ?? ''],
      'aws:principalaccount': [ACCOUNT_ID],
      'aws:securetransport': ['true'],
    }
    for (const permission of permissions) {
      const verdict = evaluate(role?.statements ?? [], { ...permission, context: { ...global, ...permission.context } })
      if (verdict.kind !== 'allowed') throw denial(caller.arn, permission, verdict.kind, denialCode)
      for (const grant of verdict.grants) {
        const use: Use = { role: caller.roleName, ...grant, requested: { action: permission.action, resource: permission.resource } }
        uses.set(JSON.stringify([use.role, grant, permission.action]), use)
      }
    }
  }

  const iam: Iam = {
    registerRole(definition) {
      const statements = definition.policies.flatMap(({ name, document }) => readPolicy(`${definition.roleName}/${name}`, document))
      roles.set(definition.roleName, { definition, statements })
      if (definition.accessKeyId !== undefined) iam.openSession(definition.roleName, definition.roleName, definition.accessKeyId)
    },
    role: (arnOrName) => find(arnOrName)?.definition,
    openSession(roleName, sessionName, accessKeyId) {
      const session = { kind: 'session', roleName, arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${sessionName}` } as const
      sessions.set(accessKeyId, session)
      return session
    },
    caller: (accessKeyId) => sessions.get(accessKeyId) ?? { kind: 'root', arn: `arn:aws:iam::${ACCOUNT_ID}:root` },
    authorise: (accessKeyId, permissions, denialCode) => authoriseAs(iam.caller(accessKeyId), permissions, denialCode),
    authoriseRole(roleArnOrName, permissions, denialCode) {
      const roleName = find(roleArnOrName)?.definition.roleName ?? roleArnOrName
      authoriseAs(
        { kind: 'session', roleName, arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/service` },
        permissions,
        denialCode,
      )
    },
    usage: () => [...uses.values()],
    grants: () =>
      [...roles.values()].flatMap(({ definition, statements }) =>
        statements
          .filter(({ effect }) => effect === 'Allow')
          .flatMap(({ actions, resources }) =>
            actions.flatMap((action) => resources.map((resource) => ({ role: definition.roleName, action, resource }))),
          ),
      ),
  }
  return iam
}

/** The sentence AWS uses. Source: IAM user guide, "Troubleshoot access denied error messages". */
function denial(arn: string, { action, resource }: Permission, kind: 'implicit-deny' | 'explicit-deny', code: string): ServiceFault {
  const why =
    kind === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`
  const status = code === 'AccessDenied' ? 403 : 400
  return new ServiceFault(code, `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`, status)
}
