// The last good plans in the state table: items without an expiry, under a kind of their own.
import { GoodPlan } from '#model/good-plan.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { StateTable } from './state-table.ts'

const KIND = 'good'

export function dynamodbGoodPlans(table: StateTable): GoodPlanStore {
  return {
    load: async () => (await table.query(KIND)).map(({ value }) => GoodPlan.parse(value)),
    get: async (hostname) => {
      const item = await table.get(KIND, hostname)
      return item === undefined ? undefined : GoodPlan.parse(item.value)
    },
    put: async (plan) => {
      await table.put(KIND, plan.hostname, plan)
    },
  }
}
