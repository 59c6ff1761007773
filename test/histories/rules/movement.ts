// What moved between two stored decisions, and what may have moved it.

import type { World } from '../world/world.ts'
import type { Adopted } from './rule.ts'

export type Move = { readonly name: string; readonly from: number; readonly to: number }

/** Smaller differences are floating point. */
export const SAME = 1e-9

/** Providers whose share changed; empty for the first decision. */
export function movesOf({ before, after }: Adopted): Move[] {
  if (before === undefined || Object.keys(before.shares).length === 0) return []
  return Object.entries(after.shares)
    .map(([name, to]) => ({ name, from: before.shares[name] ?? 0, to }))
    .filter(({ from, to }) => Math.abs(to - from) > SAME)
}

/** An operator drained or undrained somebody since the last decision, or a drain that had to wait is carried out. */
export function isDrainNews({ before, after }: Adopted): boolean {
  if (after.drained?.some((name) => (before?.shares[name] ?? 0) > 0)) return true
  return JSON.stringify(before?.drained ?? []) !== JSON.stringify(after.drained ?? [])
}

/** Checks that are red, or were when last seen, and capacities of 0: for them a change waits for nothing. */
export function outOfOrder({ run }: Adopted, { setup, model }: World): string[] {
  return setup.clouds
    .map(({ name }) => name)
    .filter((name) => {
      const seen = run.seen?.get(name)
      const memory = model.providers.get(name)
      return seen?.probe === 'red' || seen?.capacity === 0 || memory?.redSince !== undefined || memory?.isDown === true
    })
}
