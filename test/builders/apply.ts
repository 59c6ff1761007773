// Apply in a world that is held in memory: a zone, the table and a clock that a test can look into and change.
import { applyRequest } from '#apply/apply-request.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome, ApplyRequest } from '#model/receipt.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'
import { memoryZone } from '#test/fakes/memory-zone.ts'
import { aConfiguration } from './configuration.ts'
import { observedRecords } from './records.ts'

/** @param standing what Route 53 has and the table knows, at 1,000 s */
export function anApply(standing: ObservedRecords = observedRecords(), configuration = aConfiguration(), good: readonly GoodPlan[] = []) {
  let nowSeconds = 1_000
  const clock = { nowSeconds: () => nowSeconds }
  const zone = memoryZone(standing, clock.nowSeconds)
  const records = memoryRecords([{ observed: standing }])
  const journal = memoryJournal()
  const overrides = memoryOverrides()
  const goodPlans = memoryGoodPlans(good)
  const ports = { zone, records, overrides, goodPlans, journal, clock }
  const run = (request: Partial<ApplyRequest>, deadlineSeconds = 2_000) =>
    applyRequest({ rollbacks: [], plans: [], look: [], confirm: [], ...request }, configuration, deadlineSeconds, ports)
  const runPlan = async (plan: Plan): Promise<ApplyOutcome | undefined> => (await run({ plans: [plan] })).outcomes[0]
  return { ...ports, run, runPlan, wait: (seconds: number) => (nowSeconds += seconds) }
}
