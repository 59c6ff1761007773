// Permissions that an ordinary day does not use, each with the situation that does. Whatever a run of the local system did not use must stand here.
import { HANDLER_NAMES, type HandlerName } from '#cdk/handlers.ts'
import type { RoleOwner } from './role-owner.ts'

export type SeldomUsed = {
  readonly handlers: readonly RoleOwner[]
  readonly actions: readonly string[]
  /** The function it is about: where one action is granted on several, each has a situation of its own. Left out: whatever the resource. */
  readonly calling?: HandlerName
  /** When it is used. */
  readonly situation: string
  /** The test that uses it. */
  readonly test: string
}

const ALL = HANDLER_NAMES
export const SELDOM_USED: readonly SeldomUsed[] = [
  {
    handlers: ALL,
    actions: ['sqs:SendMessage'],
    situation: 'Lambda itself puts an asynchronous event aside that failed or came too late, with the rights of the function.',
    test: 'test/flow/permissions-used.test.ts',
  },
  {
    handlers: ['rebalance'],
    actions: ['dynamodb:DeleteItem'],
    situation: 'An operator ends an override before it expires.',
    test: 'test/flow/permissions-used.test.ts',
  },
  {
    handlers: ['reconcile'],
    actions: ['route53:DeleteHealthCheck'],
    situation: 'An endpoint was removed or its health check replaced, and neither a record nor the configuration names the old check.',
    test: 'test/flow/permissions-used.test.ts',
  },
  {
    handlers: ['reconcile'],
    actions: ['lambda:InvokeFunction'],
    calling: 'rebalance',
    situation: 'The records are not what was remembered: somebody else changed them.',
    test: 'test/flow/permissions-used.test.ts',
  },
]
