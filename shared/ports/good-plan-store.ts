// The last good plans, where no clean-up reaches them.
import type { GoodPlan } from '#model/good-plan.ts'

export interface GoodPlanStore {
  load(): Promise<GoodPlan[]>
  get(hostname: string): Promise<GoodPlan | undefined>
  put(plan: GoodPlan): Promise<void>
  /** Hostnames of which a plan is stored that cannot be read: `load` and `get` leave them out. */
  unreadable(): Promise<readonly string[]>
}
