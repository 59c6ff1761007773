// Which situation explains that a permission was not used.
import { SELDOM_USED, type SeldomUsed } from './seldom-used.ts'

/** @param resource the pattern that was granted, as an ARN. Undefined: nothing explains it, the role may do too much. */
export function seldomUseOf(owner: string, action: string, resource: string): SeldomUsed | undefined {
  return SELDOM_USED.find(
    (one) =>
      one.handlers.some((handler) => handler === owner) &&
      one.actions.includes(action) &&
      (one.calling === undefined || resource.endsWith(`-${one.calling}`)),
  )
}
