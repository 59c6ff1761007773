// Kayenta's judge on one metric, the failure ratio of each minute: High when the 98 % interval of the shift lies above a quarter of the
// estimate's size (NetflixACAJudge and MannWhitneyClassifier in spinnaker/kayenta: fraction 0.25, confidence 0.98). One metric that is
// High scores 0, which aborts. Passing is the score at the end.
import { type Rule, ratioOf } from '../rule.ts'
import { MINUTES } from '../simulate-trace.ts'
import { mannWhitneyShift } from './mann-whitney.ts'

/** Standard normal quantile of 0.99: two sides of 98 %. */
const Z = 2.326347874
const FRACTION = 0.25
const TOLERANCE = 1e-4

function rule(name: string, everyMinutes: number): Rule {
  return {
    name,
    isSlow: true,
    begin: () => {
      const [canaries, controls]: [number[], number[]] = [[], []]
      let seen = 0
      return ({ canary, control }) => {
        if (canary !== undefined && canary.requests > 0) canaries.push(ratioOf(canary))
        if (control !== undefined && control.requests > 0) controls.push(ratioOf(control))
        if (++seen % everyMinutes !== 0) return undefined
        if (isHigh(canaries, controls)) return 'abort'
        return seen === MINUTES ? 'pass' : undefined
      }
    },
  }
}

export function isHigh(canary: readonly number[], control: readonly number[]): boolean {
  if (canary.length === 0 || control.length === 0 || new Set([...canary, ...control]).size === 1) return false
  const { low, estimate } = mannWhitneyShift(canary, control, Z, TOLERANCE)
  return low > FRACTION * Math.abs(estimate)
}

export const kayenta: readonly Rule[] = [rule('Kayenta, every 5 min', 5), rule('Kayenta, once', MINUTES)]
