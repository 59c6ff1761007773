// What an account holds that no wire operation of the in-process AWS makes: roles with their policies, who may invoke which function, log groups.
import { createHash } from 'node:crypto'
import { ACCOUNT_ID } from '#local/aws/account.ts'
import type { Iam } from '#local/aws/iam/iam.ts'
import type { PolicyDocument } from '#local/aws/iam/policy-document.ts'
import type { FunctionRole } from '#local/lambda/function-definition.ts'

/** `AWS::Lambda::Permission`: a principal that may invoke a function, for itself or for one source only. */
export interface InvokePermission {
  readonly principal: string
  readonly sourceArn?: string | undefined
  readonly sourceAccount?: string | undefined
}

export interface AccountRegistry {
  /** Creates the role, or changes what it says of itself; its attached policies stay. */
  putRole(roleName: string, trustedServices: readonly string[], policies: ReadonlyMap<string, PolicyDocument>): FunctionRole
  removeRole(roleName: string): void
  /** Attaches, or replaces, a policy of a role. @throws Error when the role does not exist */
  attach(roleName: string, policyName: string, document: PolicyDocument): void
  detach(roleName: string, policyName: string): void
  /** The role if the service may assume it; its session is named as the service names it. @throws Error in the words of the service */
  assumedBy(service: string, roleArn: string, sessionName: string): FunctionRole
  /** Statements by id, by name of the function. */
  readonly invokePermissions: Map<string, Map<string, InvokePermission>>
  readonly logGroups: Map<string, { readonly retentionDays?: number | undefined }>
  readonly dashboards: Map<string, string>
}

interface RoleEntry extends FunctionRole {
  readonly trustedServices: readonly string[]
  readonly own: ReadonlyMap<string, PolicyDocument>
  readonly attached: Map<string, PolicyDocument>
  /** Lambda names the session of a function's role like the function. */
  sessionName?: string | undefined
}

export function createAccountRegistry(iam: Pick<Iam, 'registerRole' | 'openSession'>): AccountRegistry {
  const roles = new Map<string, RoleEntry>()

  function entry(roleName: string): RoleEntry {
    const found = roles.get(roleName)
    if (found === undefined) throw new Error(`The role with name ${roleName} cannot be found.`)
    return found
  }
  function publish(roleName: string): void {
    const { arn, accessKeyId, own, attached, sessionName } = entry(roleName)
    const policies = [...own, ...attached].map(([name, document]) => ({ name, document }))
    iam.registerRole({ roleName, arn, accessKeyId, policies })
    if (sessionName !== undefined) iam.openSession(roleName, sessionName, accessKeyId)
  }
  return {
    invokePermissions: new Map(),
    logGroups: new Map(),
    dashboards: new Map(),
    putRole(roleName, trustedServices, own) {
      const arn = `arn:aws:iam::${ACCOUNT_ID}:role/${roleName}`
      const { attached = new Map(), sessionName } = roles.get(roleName) ?? {}
      const role = {
        arn,
        accessKeyId: accessKeyOf(arn),
        secretAccessKey: createHash('sha256').update(arn).digest('base64'),
        trustedServices,
        own,
        attached,
        sessionName,
      }
      roles.set(roleName, role)
      publish(roleName)
      return role
    },
    removeRole(roleName) {
      // The in-process IAM forgets nobody: a role without policies may do nothing.
      const { arn, accessKeyId } = entry(roleName)
      roles.delete(roleName)
      iam.registerRole({ roleName, arn, accessKeyId, policies: [] })
    },
    attach(roleName, policyName, document) {
      entry(roleName).attached.set(policyName, document)
      publish(roleName)
    },
    detach(roleName, policyName) {
      if (roles.get(roleName)?.attached.delete(policyName)) publish(roleName)
    },
    assumedBy(service, roleArn, sessionName) {
      const [roleName, role] = [...roles].find(([, { arn }]) => arn === roleArn) ?? []
      if (roleName === undefined || !role?.trustedServices.includes(service)) {
        throw new Error(`The role ${roleArn} cannot be assumed by ${service}.`)
      }
      role.sessionName = sessionName
      publish(roleName)
      return role
    },
  }
}

/** Temporary keys begin with ASIA (IAM user guide, "Understanding unique ID prefixes"); the rest is made of the role. */
function accessKeyOf(roleArn: string): string {
  const digest = createHash('sha256').update(roleArn).digest()
  const letters = [...digest.subarray(0, 16)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32])
  return `ASIA${letters.join('')}`
}
