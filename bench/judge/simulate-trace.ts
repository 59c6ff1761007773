// One hour of one cell: what was counted in each minute, and how many of the failures were the bad version's own.
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { Cell } from './cells.ts'
import type { Draw } from './draw.ts'

export const MINUTES = 60

export type Traced = {
  readonly minute: JudgeMinute
  /** Failing requests of this minute that the stable version would have served, on average. */
  readonly excess: number
}

export function simulateTrace(cell: Cell, draw: Draw): Traced[] {
  return Array.from({ length: MINUTES }, (_, minute) => {
    const share = cell.isRamp ? ([0.01, 0.05, 0.25, 0.5][Math.floor((minute * 4) / MINUTES)] ?? 0.5) : cell.share
    const base = Math.min(1, cell.baseFailureRatio * (minute >= 20 && minute < 25 ? cell.shock : 1))
    const worse = Math.min(1, base * cell.ratio)
    const canary = arm(cell.requestsPerMinute * share, worse, cell.clump, draw)
    const control = arm(cell.requestsPerMinute * (1 - share), base, cell.clump, draw)
    const lost = draw.uniform() < cell.missing ? (draw.uniform() < 0.5 ? 'canary' : 'control') : undefined
    return {
      minute: { minute, ...(lost === 'canary' ? {} : { canary }), ...(lost === 'control' ? {} : { control }) },
      excess: cell.requestsPerMinute * share * (worse - base),
    }
  })
}

function arm(meanRequests: number, failureRatio: number, clump: number, draw: Draw) {
  const requests = draw.poisson(meanRequests)
  const clients = Math.min(requests, draw.poisson((requests * failureRatio) / clump))
  let failures = 0
  for (let i = 0; i < clients; i++) failures += draw.clump(clump)
  return { requests, failures: Math.min(requests, failures), clientsFailing: clients }
}
