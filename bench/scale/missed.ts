// What must hold at every size.
import type { Calls, Size } from './measure.ts'

export function route53Calls(calls: Calls): number {
  return Object.entries(calls).reduce((sum, [name, count]) => sum + (name.startsWith('route53 ') ? count : 0), 0)
}

export const changeCalls = (calls: Calls): number => calls['route53 ChangeResourceRecordSets'] ?? 0

/** One sentence for each rule that does not hold; retries of a throttled change count as calls. */
export function missed({ hostnames, phases }: Size): string[] {
  const quiet = route53Calls(phases.quiet.calls)
  return [
    ...(quiet === 0 ? [] : [`${hostnames} hostnames: a quiet tick makes ${quiet} Route 53 calls; it should make none`]),
    ...(['deployment', 'onePercent', 'full'] as const).flatMap((name) => {
      const { calls, changed } = phases[name]
      const count = changeCalls(calls)
      return count === changed
        ? []
        : [`${hostnames} hostnames, ${name}: ${count} ChangeResourceRecordSets for ${changed} changed hostnames; it should be one for each`]
    }),
  ]
}
