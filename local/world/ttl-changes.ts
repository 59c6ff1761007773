// Says which TTLs a write changed: they hold clients for their time, so nobody should have to look for them.
import type { RecordChange } from '#model/plan.ts'

/** `TTL 600 → 60`, once for all records that changed alike; empty when none did. */
export function ttlChanges(changes: readonly Pick<RecordChange, 'before' | 'after'>[]): string[] {
  const texts = changes.flatMap(({ before, after }) => {
    if (before?.target.kind !== 'values' || after?.target.kind !== 'values') return []
    const [old, now] = [before.target.ttlSeconds, after.target.ttlSeconds]
    return old === now ? [] : [`TTL ${old} → ${now}`]
  })
  return [...new Set(texts)]
}
