// Whether what the judge said last is of now. Nothing goes forward on what it said before it fell silent.
import type { Canary } from '#model/canary.ts'
import type { Verdict } from '#model/verdict.ts'
import type { Facts } from './facts.ts'

const MINUTE_SECONDS = 60
/** A tick that is tried again, and a task that waits for its turn, come later by so much at most. */
const LATE_SECONDS = 300

/** The newest verdict; undefined where there is none, or where its minute ended so long ago that others must have been closed since. */
export function currentVerdict(
  { verdict }: Pick<Canary, 'verdict'>,
  { nowSeconds, metricLagSeconds }: Pick<Facts, 'nowSeconds' | 'metricLagSeconds'>,
): Verdict | undefined {
  if (verdict === undefined) return undefined
  const ageSeconds = nowSeconds - (verdict.minute + MINUTE_SECONDS)
  return ageSeconds <= metricLagSeconds + LATE_SECONDS ? verdict : undefined
}

/** The same of a tick that asks: undefined also where the judge has not answered in it. */
export function answeredVerdict(canary: Pick<Canary, 'verdict'>, facts: Facts): Verdict | undefined {
  return facts.judged === undefined ? undefined : currentVerdict(canary, facts)
}
