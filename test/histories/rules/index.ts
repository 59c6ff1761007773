// All rules that a history is watched by.
import { atomicName } from './atomic-name.ts'
import { backstop } from './backstop.ts'
import { cappedFailover } from './capacity-capped.ts'
import { converges, noSurprise, writeFight } from './converges.ts'
import { deadTime } from './dead-time.ts'
import { failStatic } from './fail-static.ts'
import { fence } from './fence.ts'
import { gatedReturn } from './gated-return.ts'
import { cleanUp, goodPlan } from './good-plan.ts'
import { drain, pause, pin } from './hold.ts'
import { neverEmpty } from './never-empty.ts'
import { ownership } from './ownership.ts'
import { panic } from './panic.ts'
import { late, quiet } from './quiet.ts'
import { receipt } from './receipt.ts'
import type { Rule } from './rule.ts'
import { ttl } from './ttl.ts'
import { validatedNumbers } from './validated-numbers.ts'
import { velocity } from './velocity.ts'
import { zeroMeans } from './zero-means.ts'

/** In the order of the invariants of docs/control.md, section 8; then what holds beside them. */
export const rules: readonly Rule[] = [
  failStatic,
  panic,
  neverEmpty,
  velocity,
  cappedFailover,
  gatedReturn,
  deadTime,
  backstop,
  fence,
  goodPlan,
  cleanUp,
  atomicName,
  ownership,
  zeroMeans,
  ttl,
  validatedNumbers,
  pause,
  pin,
  drain,
  late,
  quiet,
  receipt,
  writeFight,
  converges,
  noSurprise,
]
