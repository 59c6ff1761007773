// The last good plans in the state table: items without an expiry, under a kind of their own.
import { GoodPlan } from '#model/good-plan.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { StateTable } from './state-table.ts'

const KIND = 'good'

export function dynamodbGoodPlans(table: StateTable): GoodPlanStore {
  // What cannot be read counts as none: a tick must not end because of it.
  const parse = (value: unknown): GoodPlan | undefined => GoodPlan.safeParse(value).data
  return {
    load: async () => (await table.query(KIND)).flatMap(({ value }) => parse(value) ?? []),
    get: async (hostname) => parse((await table.get(KIND, hostname))?.value),
    put: async (plan) => {
      await table.put(KIND, plan.hostname, plan)
    },
    unreadable: async () => (await table.query(KIND)).flatMap(({ identity, value }) => (parse(value) === undefined ? identity : [])),
  }
}
