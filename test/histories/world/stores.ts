// The state table of a history; it can lose items, as a table does that somebody restores or deletes.
import { memoryGoodPlans, memoryJournal, memoryMemory, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'

export function createStores() {
  const stores = {
    records: memoryRecords(),
    memory: memoryMemory(),
    overrides: memoryOverrides(),
    goodPlans: memoryGoodPlans(),
    journal: memoryJournal(),
    lose: (what: 'records' | 'memory' | 'table') => {
      if (what !== 'memory') stores.records = memoryRecords()
      if (what !== 'records') stores.memory = memoryMemory()
      if (what !== 'table') return
      stores.overrides = memoryOverrides()
      stores.goodPlans = memoryGoodPlans()
    },
  }
  return stores
}
