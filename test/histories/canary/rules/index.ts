// All rules that a history of canaries is watched by, in the order of docs/canary-invariants.md.
import { boundedTime, conservation, exposure, noRoom } from './bounds.ts'
import { commonMode, failoverFirst, missingData, monotoneVerdict, propagation, replayable } from './evidence.ts'
import { fencedWrites, singleFlight } from './flight.ts'
import type { CanaryRule } from './rule.ts'
import { abortWhileWaiting, brokenTarget, rollbackReachable } from './way-back.ts'

export const canaryRules: readonly CanaryRule[] = [
  singleFlight,
  fencedWrites,
  rollbackReachable,
  missingData,
  abortWhileWaiting,
  failoverFirst,
  brokenTarget,
  noRoom,
  propagation,
  conservation,
  monotoneVerdict,
  exposure,
  boundedTime,
  commonMode,
  replayable,
]
