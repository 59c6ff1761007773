// Whose role it is: roles are named after the construct they belong to, with what CDK adds around it.
import { HANDLER_NAMES, type HandlerName } from '#cdk/handlers.ts'

/** A function, or the state machine that calls two of them. */
export type RoleOwner = HandlerName | 'canary-machine'

export const ROLE_OWNERS: readonly RoleOwner[] = [...HANDLER_NAMES, 'canary-machine']

/** @param role its name, or the logical id in the template. Undefined for roles that are not the controller's. */
export function roleOwner(role: string): RoleOwner | undefined {
  // Logical ids have letters and digits only.
  return ROLE_OWNERS.find((owner) => role.includes(`Controller${owner.replaceAll('-', '')}Role`))
}
