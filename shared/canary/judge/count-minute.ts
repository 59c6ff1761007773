// Which numbers of a minute are compared for a metric: whose failures, of which unit, and what is missing.
import type { ArmMinute, JudgeMinute } from '#model/judge-minute.ts'
import type { JudgedMetric } from '#model/judge-settings.ts'
import type { CountingUnit } from '#model/verdict.ts'
import type { Pair } from './odds.ts'

export type Counted = {
  readonly unit: CountingUnit
  /** One for each edge of a latency metric, else one. */
  readonly pairs: readonly Pair[]
}

/** Undefined when an arm does not have the numbers. */
export function countMinute({ canary, control }: JudgeMinute, metric: JudgedMetric): Counted | undefined {
  if (canary === undefined || control === undefined) return undefined
  switch (metric.kind) {
    case 'failures': {
      // Both or neither: failing clients of one arm cannot be compared with failures of the other.
      const unit = canary.clientsFailing !== undefined && control.clientsFailing !== undefined ? 'clients' : 'requests'
      const bad = unit === 'clients' ? clientsFailing : failures
      return counted(unit, [pairOf(canary, control, bad)])
    }
    case 'latency':
      return counted(
        'requests',
        (metric.edgesSeconds ?? []).map((_, edge) => pairOf(canary, control, ({ slower }) => slower?.[metric.name]?.[edge])),
      )
    case 'count':
      return counted('requests', [pairOf(canary, control, ({ counts }) => counts?.[metric.name])])
  }
}

const failures = (arm: ArmMinute) => arm.failures
const clientsFailing = (arm: ArmMinute) => arm.clientsFailing

function pairOf(canary: ArmMinute, control: ArmMinute, badOf: (arm: ArmMinute) => number | undefined): Pair | undefined {
  const [canaryBad, controlBad] = [badOf(canary), badOf(control)]
  if (canaryBad === undefined || controlBad === undefined) return undefined
  return { canary: armOf(canary, canaryBad), control: armOf(control, controlBad) }
}

/** Two sources are not read at the same instant: more failures than requests are as many. */
function armOf({ requests }: ArmMinute, bad: number) {
  return { requests, bad: Math.min(bad, requests) }
}

function counted(unit: CountingUnit, pairs: readonly (Pair | undefined)[]): Counted | undefined {
  const known = pairs.filter((pair) => pair !== undefined)
  return known.length > 0 && known.length === pairs.length ? { unit, pairs: known } : undefined
}
