// Makes random histories of canaries. Each has a theme, because what is interesting needs several steps of one kind.
import { type Prng, prng } from '#test/builders/prng.ts'
import type { CanaryHistory, CanarySetup, CanaryStep, OrderAction } from './history.ts'
import { nearBudgetHistory } from './near-budget.ts'

type Theme = Readonly<Partial<Record<CanaryStep['kind'], number>>>

/** How often each kind of step comes. */
const THEMES: readonly Theme[] = [
  // Versions that are good or bad, and people.
  { pass: 12, order: 5, failing: 3, start: 2, traffic: 1, 'order-between': 2 },
  // Functions die, tasks come twice, executions are stopped and come back.
  {
    pass: 10,
    crash: 6,
    duplicate: 4,
    stop: 2,
    redrive: 2,
    sweep: 2,
    start: 3,
    'start-between': 2,
    order: 2,
    'order-between': 2,
    failing: 1,
  },
  // Clouds and checks turn red.
  { pass: 12, cloud: 5, checks: 4, failing: 2, order: 2, start: 2, crash: 1, stop: 1, sweep: 1, load: 1 },
  // Nobody knows anything for sure.
  { pass: 12, silence: 4, fault: 5, stale: 2, 'stale-at': 2, failing: 2, order: 2, start: 2, checks: 1, traffic: 2 },
  // Canaries that end well, are taken back, and are followed by others.
  { calm: 6, pass: 4, start: 5, 'start-between': 2, duplicate: 2, order: 6, failing: 1, checks: 1, crash: 1 },
  // Bad versions, nowhere to go back to, and people who insist.
  { pass: 8, checks: 5, failing: 5, order: 5, 'order-between': 1, start: 2 },
  // Little room.
  { pass: 12, load: 4, start: 6, order: 2, cloud: 1, 'stale-at': 2 },
  // Everything.
  {
    pass: 14,
    order: 3,
    'order-between': 1,
    start: 3,
    crash: 2,
    duplicate: 2,
    stop: 1,
    redrive: 1,
    sweep: 2,
    failing: 2,
    silence: 1,
    stale: 1,
    'stale-at': 1,
    checks: 2,
    cloud: 2,
    load: 1,
    fault: 2,
    calm: 2,
  },
]

/** Of all histories, those that come near their budget. */
const NEAR_BUDGET = 0.2

/** Place of the theme of bad versions that cannot go back. */
const BAD = 5

const ORDERS: readonly OrderAction[] = ['approve', 'approve', 'hold', 'resume', 'resume', 'promote', 'abort', 'revert', 'revert']

/** The `number`-th history of a seed. */
export function canaryHistoryOf(seed: number, number: number): CanaryHistory {
  const chance = prng(seed, number, 5)
  return prng(seed, number, 6).chance(NEAR_BUDGET) ? nearBudgetHistory(chance) : themed(chance)
}

function themed(chance: Prng): CanaryHistory {
  const theme = chance.pick(THEMES)
  const first: CanaryStep[] = [{ kind: 'pass', minutes: 6 }, startOf(chance), { kind: 'pass', minutes: 1 + chance.below(10) }]
  const isBad = theme === THEMES[BAD] && chance.chance(0.5)
  const opening: readonly CanaryStep[] = isBad ? badOpening(chance) : []
  const steps = Array.from({ length: 8 + chance.below(30) }, () => stepOf(weighted(theme, chance), chance))
  return { setup: setupOf(chance), steps: [...first, ...opening, ...steps] }
}

function badOpening(chance: Prng): CanaryStep[] {
  return [
    { kind: 'failing', whose: 'next', ratio: 0.5 },
    { kind: 'checks', whose: 'standing', isRed: true },
    { kind: 'pass', minutes: 2 + chance.below(10) },
    { kind: 'order', action: 'promote', lateSeconds: 0 },
  ]
}

function setupOf(chance: Prng): CanarySetup {
  const isBlueGreen = chance.chance(0.08)
  const list = chance.pick([[10, 50], [5, 25, 50], [50], [20], [1, 10], [25, 50, 90]])
  const gate = chance.chance(0.25)
    ? { gates: [{ atPercent: list[chance.below(list.length)], deadlineMinutes: chance.pick([10, 20]) }] }
    : {}
  const requestsPerMinute = chance.pick([60, 600, 6000, 6000, 60_000])
  // From less than any plan needs to some minutes of all requests failing.
  const worstFailureRatio = chance.pick([0.5, 0.5, 1])
  const budget = { exposureBudget: chance.pick([0.5, 7, 7, 12]) * worstFailureRatio * requestsPerMinute, worstFailureRatio }
  return {
    requestsPerMinute,
    strategy: {
      steps: isBlueGreen ? { blueGreen: true } : { list },
      ...(isBlueGreen ? {} : gate),
      minDwellMinutes: chance.pick([0, 2, 5]),
      maxDwellMinutes: chance.pick([10, 20, 40]),
      settleMinutes: chance.pick([6, 10, 15]),
      bakeMinutes: chance.pick([0, 3, 8]),
      holdMinutes: chance.pick([10, 30]),
      onMaxDwell: chance.pick(['rollback', 'rollback', 'hold']),
      onSupersede: chance.pick(['reject', 'reject', 'rollbackFirst']),
      revertMinutes: chance.pick([0, 20, 60]),
      ...(chance.chance(0.5) ? budget : {}),
      judge: {
        toleratedRatio: 1.5,
        // Then nothing but the budget may end a bad one.
        ...(chance.chance(0.3) ? { metrics: [{ kind: 'failures', aborts: false }] } : {}),
        ...(isBlueGreen || chance.chance(0.4) ? { maxFailureRatio: 0.02 } : {}),
        ...(chance.chance(0.5) ? { guardFailureRatio: 0.1 } : {}),
      },
    },
  }
}

function weighted(theme: Theme, chance: Prng): CanaryStep['kind'] {
  const entries = Object.entries(theme) as [CanaryStep['kind'], number][]
  let left = chance.between(
    0,
    entries.reduce((sum, [, weight]) => sum + weight, 0),
  )
  for (const [kind, weight] of entries) {
    left -= weight
    if (left < 0) return kind
  }
  return 'pass'
}

function startOf(chance: Prng): CanaryStep {
  return {
    kind: 'start',
    what: chance.chance(0.7) ? 'version' : 'provider',
    part: chance.pick([0, 0, 0.5, 1]),
    copies: chance.chance(0.15) ? 2 : 1,
  }
}

function stepOf(kind: CanaryStep['kind'], chance: Prng): CanaryStep {
  switch (kind) {
    case 'pass':
      return { kind, minutes: 1 + chance.below(chance.pick([3, 8, 20])) }
    case 'start':
      return startOf(chance)
    case 'start-between':
      return { kind }
    case 'order':
      return { kind, action: chance.pick(ORDERS), lateSeconds: chance.chance(0.08) ? chance.pick([-300, 61, 600]) : 0 }
    case 'order-between':
      return { kind, action: chance.pick(ORDERS) }
    case 'duplicate':
      return { kind, which: chance.below(4), task: chance.below(12), isApt: chance.chance(0.3) }
    case 'crash':
      return { kind, at: chance.below(12), isAfter: chance.chance(0.5) }
    case 'stop':
      return { kind, isTold: chance.chance(0.6) }
    case 'redrive':
      return { kind, which: chance.below(4) }
    case 'sweep':
      return { kind }
    case 'failing':
      return { kind, whose: chance.pick(['standing', 'next', 'next', 'both']), ratio: chance.pick([0.004, 0.008, 0.04, 0.5]) }
    case 'traffic':
      return { kind, requestsPerMinute: chance.pick([0, 6, 60, 600, 6000, 60_000]) }
    case 'silence':
      return { kind, isOn: chance.chance(0.6) }
    case 'stale':
      return { kind, part: chance.pick([0, 0, 0.1, 0.5, 1]) }
    case 'stale-at':
      return { kind, cloud: chance.pick(['aws', 'hetzner', 'hetzner']), part: chance.pick([0, 0, 0.04, 0.15, 0.4]) }
    case 'checks':
      return { kind, whose: chance.pick(['standing', 'standing', 'next']), isRed: chance.chance(0.5) }
    case 'cloud':
      return { kind, cloud: chance.pick(['aws', 'hetzner']), isRed: chance.chance(0.45) }
    case 'load':
      return { kind, part: chance.pick([0.1, 0.3, 0.6, 0.9, 1.2]) }
    case 'fault':
      return { kind, what: chance.pick(['isJudgeDead', 'isRebalanceDead', 'areMetricsDead', 'isPending']), isOn: chance.chance(0.5) }
    case 'calm':
      return { kind, minutes: 5 + chance.below(60) }
  }
}
