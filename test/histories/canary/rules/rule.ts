// What a rule of a canary is: one invariant of docs/canary-invariants.md, asked wherever it could be broken.
import type { ControlRow } from '#model/canary.ts'
import type { TaskAnswer } from '#model/canary-order.ts'
import type { Advance, Asked, CanaryWorld } from '../world.ts'

/** Each answers with a sentence when the rule is broken. */
export type CanaryRule = {
  readonly name: string
  /** The row was taken on. */
  readonly advanced?: (advance: Advance, world: CanaryWorld) => string | undefined
  /** Begin has answered this execution, and this stands. */
  readonly begun?: (answer: TaskAnswer, execution: string, row: ControlRow | undefined) => string | undefined
  /** The judge was asked, and asked the same again. */
  readonly judged?: (asked: Asked, world: CanaryWorld) => string | undefined
  /** A minute has passed, with the machine's tasks that were due. */
  readonly minute?: (row: ControlRow | undefined, world: CanaryWorld) => string | undefined
  /** Reconcile has looked for canaries whose execution is dead. */
  readonly swept?: (row: ControlRow | undefined, world: CanaryWorld) => string | undefined
}

/** What an advance did, where it is one of a canary that was in flight. */
export function stepOf({ before, after }: Advance) {
  const { canary: was } = before ?? {}
  const { canary: is } = after
  return was === undefined || is === undefined || was.phase === 'ended' || was.execution !== is.execution ? undefined : { was, is }
}

/** It was told that there is no way back, and there was none. */
export function hasNoWayBack({ canary }: ControlRow): boolean {
  return canary?.reason.code === 'no-way-back'
}
