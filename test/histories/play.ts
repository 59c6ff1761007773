// Plays a history and tells what came of it.
import type { History } from './history.ts'
import type { Rule } from './rules/rule.ts'
import { tellStep } from './tell-step.ts'
import { perform } from './world/perform.ts'
import { createWorld, START, type Violation } from './world/world.ts'

export type Played = {
  readonly violation: (Violation & { readonly step: number }) | undefined
  /** Steps that did something. */
  readonly steps: number
}

export type Options = {
  readonly count?: (what: string, times?: number) => void
  /** Takes the lines of the story. */
  readonly tell?: (line: string) => void
}

/** The same history always comes out the same. */
export async function play({ setup, steps }: History, rules: readonly Rule[], { count = () => {}, tell }: Options = {}): Promise<Played> {
  const world = createWorld(setup, rules, (what, times = 1) => count(what, times), tell === undefined ? () => {} : (line) => tell(line()))
  let done = 0
  for (const [index, step] of steps.entries()) {
    world.tell(() => `${clock(world.nowSeconds)} ${tellStep(step, setup)}`)
    done += await perform(world, step)
    if (world.violation !== undefined) return { violation: { ...world.violation, step: index }, steps: done }
  }
  return { violation: undefined, steps: done }
}

/** Minutes and seconds since the history began. */
function clock(nowSeconds: number): string {
  const seconds = Math.round(nowSeconds - START)
  return `${String(Math.floor(seconds / 60)).padStart(4)}:${String(seconds % 60).padStart(2, '0')}`
}
