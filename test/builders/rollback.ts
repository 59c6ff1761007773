// What a rollback begins with: a good plan to go back to, and who asks for it.
import type { GoodPlan } from '#model/good-plan.ts'
import type { RollbackRequest } from '#model/receipt.ts'
import { HOSTNAME } from './configuration.ts'
import { aRecord } from './records.ts'

export const good: GoodPlan = {
  hostname: HOSTNAME,
  members: [aRecord('aws', 3), aRecord('hetzner', 1)],
  fence: { generation: 1, sequence: 5 },
  since: 500,
}
export const request: RollbackRequest = { hostname: HOSTNAME, author: 'me', reason: 'it was better before', expiresAt: 5_000 }
