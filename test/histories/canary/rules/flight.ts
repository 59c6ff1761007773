// One canary a hostname, and nobody writes whose turn or generation is over.
import { isInFlight } from '#model/canary.ts'
import type { CanaryRule } from './rule.ts'

export const singleFlight: CanaryRule = {
  name: 'single-flight',
  begun: ({ next }, execution, row) =>
    next !== 'Done' && next !== 'Begin' && row?.canary?.execution !== execution
      ? `${execution} was told to go on, and ${row?.canary?.execution} holds the hostname`
      : undefined,
  advanced: ({ before, after }) =>
    isInFlight(before) && before.canary.execution !== after.canary?.execution
      ? `${after.canary?.execution} took the hostname from ${before.canary.execution}, which was in flight`
      : undefined,
}

export const fencedWrites: CanaryRule = {
  name: 'fenced-writes',
  advanced: ({ before, after, by }) => {
    if (before === undefined) return undefined
    const { canary } = before
    if (after.generation < before.generation) return `generation ${before.generation} became ${after.generation}`
    if (by.kind === 'begin' && after.generation === before.generation) return 'a start did not raise the generation'
    if (by.kind === 'machine' && by.execution !== canary?.execution) return `${by.execution} wrote what ${canary?.execution} holds`
    if (by.kind === 'machine' && by.turn !== canary?.turn) return `${by.event} of turn ${by.turn} wrote at turn ${canary?.turn}`
    const isWayBack = after.cause === 'rollback' && JSON.stringify(after.versionShares) !== JSON.stringify(before.versionShares)
    return isWayBack && after.generation === before.generation ? 'a way back did not raise the generation' : undefined
  },
  minute: (row, { base }) => {
    const { fence } = base.zone.standing
    return fence !== undefined && row !== undefined && fence.generation > row.generation
      ? `the fence carries generation ${fence.generation}, which nobody took: the row has ${row.generation}`
      : undefined
  },
}
