// Makes canaries that come near their budget of failures: a plan that just fits in, a judge who ends nothing, long stays, and a version that fails much.
import type { Prng } from '#test/builders/prng.ts'
import type { CanaryHistory, CanaryStep } from './history.ts'

/** No minute fails more than this: what the budget is told is the worst there is. */
const WORST = 0.5
/** One who tolerates everything, and passes it; and one who never says a word. */
const LENIENT = { toleratedRatio: 100 }
const SILENT = { toleratedRatio: 1.5, metrics: [{ kind: 'failures', aborts: false }] }

type Way = {
  readonly list: readonly number[]
  /** Budget as minutes of all requests failing at worst; a plan needs 6.2 to begin. */
  readonly budgetMinutes: number
  readonly judge: object
  readonly settleMinutes: number
  /** What comes after the start. */
  readonly steps: readonly CanaryStep[]
}

const failing: CanaryStep = { kind: 'failing', whose: 'next', ratio: WORST }
const promote: CanaryStep = { kind: 'order', action: 'promote', lateSeconds: 0 }
const pass = (chance: Prng, least: number, more: number): CanaryStep => ({ kind: 'pass', minutes: least + chance.below(more) })
const silence = (isOn: boolean): CanaryStep => ({ kind: 'silence', isOn })

export function nearBudgetHistory(chance: Prng): CanaryHistory {
  const { list, budgetMinutes, judge, settleMinutes, steps } = chance.pick([insisted, failsLate, gaps, neverArrives])(chance)
  const requestsPerMinute = chance.pick([600, 6000, 60_000])
  return {
    setup: {
      requestsPerMinute,
      strategy: {
        ...{ steps: { list }, minDwellMinutes: chance.pick([0, 2]), maxDwellMinutes: 240, settleMinutes },
        ...{ bakeMinutes: chance.pick([30, 60]), holdMinutes: 240, judge },
        ...{ exposureBudget: budgetMinutes * WORST * requestsPerMinute, worstFailureRatio: WORST },
      },
    },
    steps: [{ kind: 'pass', minutes: 6 }, { kind: 'start', what: 'version', part: 0, copies: 1 }, ...steps],
  }
}

/** It fails at its first step, and when most of the budget is spent somebody insists on 100 %. */
function insisted(chance: Prng): Way {
  const budgetMinutes = chance.pick([6.2, 6.5, 7])
  // A tenth of the requests: ten minutes of the canary for each minute of the budget.
  const almostSpent = Math.floor(10 * (budgetMinutes - 1))
  const steps = [failing, pass(chance, almostSpent - 1, 7), promote, pass(chance, 3, 6)]
  return { list: [10], budgetMinutes, judge: SILENT, settleMinutes: 10, steps }
}

/** Good until it has everything. */
function failsLate(chance: Prng): Way {
  const steps = [promote, pass(chance, 4, 6), failing, pass(chance, 10, 20)]
  return { ...anyWay(chance), budgetMinutes: chance.pick([3, 6.2, 7, 10]), steps }
}

/** Now and then nobody knows. */
function gaps(chance: Prng): Way {
  const gap = () => [silence(true), pass(chance, 2, 3), silence(false), pass(chance, 1, 2)]
  const steps = [promote, pass(chance, 8, 4), failing, ...Array.from({ length: 4 + chance.below(5) }, gap).flat()]
  return { ...anyWay(chance), budgetMinutes: chance.pick([10, 15, 20]), steps }
}

/** It fails, and its share is not seen to have arrived. */
function neverArrives(chance: Prng): Way {
  const why: CanaryStep = chance.chance(0.5) ? silence(true) : { kind: 'stale', part: chance.pick([0.4, 0.5]) }
  const steps = [failing, why, pass(chance, 20, 20), silence(false), pass(chance, 1, 5)]
  return { ...anyWay(chance), list: chance.pick([[50], [90]]), budgetMinutes: chance.pick([6.2, 7]), settleMinutes: 40, steps }
}

function anyWay(chance: Prng): Omit<Way, 'budgetMinutes' | 'steps'> {
  return { list: chance.pick([[10], [50], [10, 50], [90]]), judge: chance.pick([LENIENT, SILENT]), settleMinutes: 10 }
}
