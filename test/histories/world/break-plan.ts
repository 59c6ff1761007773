// Plans as a broken caller would send them: each breaks one rule that apply has to hold by itself.
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { WeightedRecord } from '#model/record.ts'
import { recordKey } from '#model/record-identity.ts'
import type { BrokenPlan } from '../history.ts'
import { weightOf } from './shares.ts'
import type { World } from './world.ts'

/** Undefined where nothing stands that could be broken. */
export function breakPlan({ configuration }: World, observed: ObservedRecords, how: BrokenPlan): Plan | undefined {
  const { hostname, members, fence } = observed
  const policy = configuration.hostnames.find((one) => one.hostname === hostname)
  const [first, second] = members
  if (policy === undefined || first === undefined || second === undefined || fence === undefined) return undefined
  const moved = (all: readonly WeightedRecord[], to: (record: WeightedRecord, index: number) => Partial<WeightedRecord>) =>
    all.map((record, index) => ({ ...record, ...to(record, index) }))
  const only = (weight: number) => moved(members, ({ setIdentifier }) => (setIdentifier === first.setIdentifier ? { weight } : {}))
  const target = (record: WeightedRecord, ttlSeconds: number, values?: string[]) =>
    record.target.kind === 'values' ? { target: { ...record.target, ttlSeconds, values: values ?? record.target.values } } : {}
  const plan = (wanted: readonly WeightedRecord[], rest: Partial<Plan> = {}): Plan => ({
    hostname,
    zoneId: policy.zoneId,
    cause: 'repair',
    observed,
    wanted: [...wanted],
    changes: changesBetween(members, wanted),
    fence: { generation: fence.generation, sequence: fence.sequence + 1 },
    fenceTtlSeconds: fence.ttlSeconds,
    evidence: {
      signalsRequired: 8,
      signalsMissing: 0,
      mayServe: policy.providers.map(({ provider }) => provider),
      zero: policy.providers.map(({ provider }) => provider).filter((provider) => weightOf(wanted, hostname, provider) === 0),
    },
    reason: { code: 'broken', sentence: `a broken plan: ${how}` },
    ...rest,
  })
  switch (how) {
    case 'fractional-weight':
      return plan(only(12.5))
    case 'negative-weight':
      return plan(only(-1))
    case 'weight-above-255':
      return plan(only(300))
    case 'weight-not-a-number':
      return plan(only(Number.NaN))
    case 'nobody-left':
      return plan(moved(members, () => ({ weight: 0 })))
    case 'one-left':
      return plan(moved(members, ({ setIdentifier }) => ({ weight: setIdentifier === first.setIdentifier ? 7 : 0 })))
    case 'zero-by-accident': {
      const wanted = only(0)
      return plan(wanted, { evidence: { ...plan(wanted).evidence, zero: [] } })
    }
    case 'two-ttls':
      return plan(moved(members, (record, index) => target(record, index === 0 ? 20 : 30)))
    case 'ttl-too-high':
      return plan(moved(members, (record) => target(record, 3_600)))
    case 'not-ours':
      return plan([...members, { ...first, setIdentifier: 'somebody-else' }])
    case 'older-generation':
      return plan(only(33), { fence: { generation: fence.generation - 1, sequence: fence.sequence + 1 } })
    case 'same-sequence':
      return plan(only(33), { fence: { generation: fence.generation, sequence: fence.sequence } })
    case 'no-check':
      return plan(members.map(({ healthCheckId: _check, ...record }) => ({ ...record, weight: 9 })))
    case 'shared-check':
      return plan(
        moved(members, () => (first.healthCheckId === undefined ? { weight: 9 } : { weight: 9, healthCheckId: first.healthCheckId })),
      )
    case 'half-a-family':
      return plan(members.filter((record) => !(record.type === 'AAAA' && record.setIdentifier === first.setIdentifier)))
    case 'too-large':
      return plan(
        moved(members, (record, index) =>
          index > 0
            ? {}
            : target(
                record,
                60,
                Array.from({ length: 1_200 }, (_, n) => `10.0.${n >> 8}.${n & 255}`),
              ),
        ),
      )
    case 'blind':
      return plan(only(33), { cause: 'signal', evidence: { ...plan(members).evidence, signalsMissing: 5 } })
  }
}

function changesBetween(before: readonly WeightedRecord[], after: readonly WeightedRecord[]): Plan['changes'] {
  const reason = { code: 'broken', sentence: 'a change of a broken plan' }
  const standing = new Map(before.map((record) => [recordKey(record), record]))
  const changes: Plan['changes'] = []
  for (const record of after) {
    const old = standing.get(recordKey(record))
    standing.delete(recordKey(record))
    if (old === undefined) changes.push({ after: record, reason })
    else if (JSON.stringify(old) !== JSON.stringify(record)) changes.push({ before: old, after: record, reason })
  }
  for (const record of standing.values()) changes.push({ before: record, reason })
  return changes
}
