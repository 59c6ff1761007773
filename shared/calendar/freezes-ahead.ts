// The freeze windows that a canary may meet: those of the policy and of its strategy, for as long as it may last.
import { LONGEST_CANARY_SECONDS } from '#model/canary.ts'
import type { FrozenSpan } from '#model/freeze-window.ts'
import type { Policy } from '#model/policy.ts'
import type { Strategy } from '#model/strategy.ts'
import { frozenSpans } from './frozen-spans.ts'

/** Whatever touches the longest canary, and an hour more. */
const AHEAD_SECONDS = LONGEST_CANARY_SECONDS + 3600

export function freezesAhead(
  policy: Pick<Policy, 'freezeWindows'>,
  strategy: Pick<Strategy, 'freezeWindows'>,
  nowSeconds: number,
): FrozenSpan[] {
  return frozenSpans([...policy.freezeWindows, ...strategy.freezeWindows], nowSeconds, nowSeconds + AHEAD_SECONDS)
}
