// The reducer of a canary: (row, order, facts) → the row afterwards and what has to be done. Pure; the functions under lambdas/canary are thin over it.
import type { Asked, CanaryRow, ControlRow } from '#model/canary.ts'
import type { MACHINE_EVENTS } from '#model/canary-order.ts'
import type { Stepped } from './answer.ts'
import { overBudget, withExposure } from './exposure.ts'
import type { Facts } from './facts.ts'
import { onFinish } from './on-finish.ts'
import { onJudge } from './on-judge.ts'
import { type CanaryAction, onOperator } from './on-operator.ts'
import { onSettle } from './on-settle.ts'
import { onPromote, onShift } from './on-shift.ts'
import { restore } from './restore.ts'

export type MachineEvent = (typeof MACHINE_EVENTS)[number]

export type Order =
  | { readonly kind: 'machine'; readonly event: MachineEvent; readonly turn: number }
  | { readonly kind: 'operator'; readonly action: CanaryAction; readonly by: Asked }

/** `repeated`: the order was carried out before, and its answer stands in the row. */
export type StepResult = ({ readonly kind: 'stepped' } & Stepped) | { readonly kind: 'repeated'; readonly row: ControlRow }

export function step(row: CanaryRow, order: Order, facts: Facts): StepResult {
  if (order.kind === 'operator') return { kind: 'stepped', ...onOperator(row, order.action, order.by, facts) }
  // A late or repeated order finds that its turn is over.
  if (order.turn !== row.canary.turn || row.canary.phase === 'ended') return { kind: 'repeated', row }
  const stepped = carryOut({ ...row, canary: withExposure(row.canary, facts) }, order.event, facts)
  const { canary } = stepped.row
  return {
    kind: 'stepped',
    ...stepped,
    row: canary === undefined ? stepped.row : { ...stepped.row, canary: { ...canary, turn: canary.turn + 1 } },
  }
}

function carryOut(row: CanaryRow, event: MachineEvent, facts: Facts): Stepped {
  const { canary } = row
  // Whatever was to come: what a person has aborted goes back, and what is on its way back is not turned round.
  if (canary.abortAsked !== undefined && canary.phase !== 'rollingBack' && event !== 'finish')
    return restore(row, { code: 'aborted', sentence: `aborted by ${canary.abortAsked.author}: ${canary.abortAsked.reason}` }, facts)
  if (canary.phase === 'rollingBack' && event !== 'finish')
    return event === 'settle' ? onSettle(row, facts) : restore(row, canary.reason, facts)
  const spent = overBudget(canary, facts)
  if (spent !== undefined && event !== 'finish') return restore(row, spent, facts)
  // An alarm is the word of whoever named it: no arithmetic, and no failover, weighs it.
  if (facts.alarm !== undefined && event !== 'finish') return restore(row, facts.alarm, facts)
  switch (event) {
    case 'shift':
      return onShift(row, facts)
    case 'settle':
      return onSettle(row, facts)
    case 'judge':
      return onJudge(row, facts)
    case 'promote':
      return onPromote(row, facts)
    case 'rollback':
      return restore(row, { code: 'machine', sentence: 'a task of the machine failed' }, facts)
    case 'finish':
      return onFinish(row, facts)
  }
}
