// What the roles of the stack grant beside what its functions used, over all stories: whatever nobody used has to stand in a list with its reason.
import { roleOwner } from '#cdk/permissions/role-owner.ts'
import { seldomUseOf } from '#cdk/permissions/seldom-use-of.ts'
import type { Iam } from '#local/aws/iam/iam.ts'

/** Each permission as `function action resource`. */
export type Permissions = { readonly granted: readonly string[]; readonly used: readonly string[] }

export type PermissionsJudged = {
  readonly granted: number
  readonly used: number
  /** Granted, not used, and listed with the situation that uses it. */
  readonly listed: readonly { readonly permission: string; readonly situation: string; readonly test: string }[]
  /** Granted, not used, and not explained: a role that may do too much. */
  readonly unexplained: readonly string[]
}

export function permissionsOf(iam: Pick<Iam, 'grants' | 'usage'>): Permissions {
  const texts = (grants: readonly { readonly role: string; readonly action: string; readonly resource: string }[]) =>
    [...new Set(grants.map(({ role, action, resource }) => `${roleOwner(role) ?? role} ${action} ${resource}`))].toSorted()
  return { granted: texts(iam.grants()), used: texts(iam.usage()) }
}

export function judgePermissions(stories: readonly Permissions[]): PermissionsJudged {
  const granted = [...new Set(stories.flatMap((story) => story.granted))]
  const used = new Set(stories.flatMap((story) => story.used))
  const unused = granted.filter((permission) => !used.has(permission)).map((permission) => ({ permission, listing: listingOf(permission) }))
  return {
    granted: granted.length,
    used: granted.length - unused.length,
    listed: unused.flatMap(({ permission, listing }) =>
      listing === undefined ? [] : [{ permission, situation: listing.situation, test: listing.test }],
    ),
    unexplained: unused.flatMap(({ permission, listing }) => (listing === undefined ? [permission] : [])),
  }
}

function listingOf(permission: string) {
  const [owner = '', action = '', resource = ''] = permission.split(' ')
  return seldomUseOf(owner, action, resource)
}
