// Makes a history that breaks a rule smaller while it goes on breaking the same rule.
import type { History, Setup, Step } from './history.ts'
import { play } from './play.ts'
import type { Rule } from './rules/rule.ts'

/** Plays at most this many candidates. */
const MOST_PLAYS = 1_500

export async function shrink(history: History, rule: Rule): Promise<History> {
  let smallest = history
  let plays = 0
  const breaks = async (candidate: History): Promise<boolean> => {
    plays++
    try {
      return (await play(candidate, [rule])).violation !== undefined
    } catch {
      return false
    }
  }
  const improve = async (candidates: Iterable<History>): Promise<boolean> => {
    for (const candidate of candidates) {
      if (plays >= MOST_PLAYS) return false
      if (!(await breaks(candidate))) continue
      smallest = candidate
      return true
    }
    return false
  }
  // Nothing after the step that broke the rule can matter.
  const { violation } = await play(history, [rule])
  if (violation !== undefined) smallest = { ...history, steps: history.steps.slice(0, violation.step + 1) }
  while (
    (await improve(withoutChunks(smallest))) ||
    (await improve(withSimplerSteps(smallest))) ||
    (await improve(withSimplerSetup(smallest)))
  );
  return smallest
}

/** Halves, quarters, … single steps taken out. */
function* withoutChunks({ setup, steps }: History): Generator<History> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < steps.length; from += size) yield { setup, steps: [...steps.slice(0, from), ...steps.slice(from + size)] }
  }
}

function* withSimplerSteps({ setup, steps }: History): Generator<History> {
  for (const [index, step] of steps.entries())
    for (const simpler of simplerThan(step)) yield { setup, steps: steps.map((one, at) => (at === index ? simpler : one)) }
}

function* simplerThan(step: Step): Generator<Step> {
  if ('fate' in step && step.fate.kind !== 'whole') yield { ...step, fate: { kind: 'whole' } }
  switch (step.kind) {
    case 'recover':
      if (step.isSilent) yield { kind: 'recover', cloud: step.cloud }
      break
    case 'fight':
      if (step.weights.length > 1) yield { ...step, weights: step.weights.slice(1) }
      break
    case 'ticks':
      if (step.count > 1) {
        yield { ...step, count: Math.floor(step.count / 2) }
        yield { ...step, count: step.count - 1 }
      }
      break
    case 'calm':
      yield { kind: 'ticks', count: step.ticks }
      if (step.ticks > 1) yield { ...step, ticks: Math.floor(step.ticks / 2) }
      break
    case 'tick':
      if (step.copies > 1) yield { ...step, copies: 1 }
      if (step.lateSeconds > 0) yield { ...step, lateSeconds: 0 }
      if (step.fate.kind === 'whole' && step.lateSeconds === 0 && step.afterSeconds === 60) yield { kind: 'ticks', count: 1 }
      break
    case 'race':
      for (const runner of step.runners)
        if (step.runners.length > 2) yield { ...step, runners: step.runners.filter((one) => one !== runner) }
      if (step.pauseSeconds > 0) yield { ...step, pauseSeconds: 0 }
      if (step.order.some((turn) => turn > 0)) {
        yield { ...step, order: step.order.map(() => 0) }
        yield { ...step, order: step.order.map((turn, index) => (index < step.order.length / 2 ? turn : 0)) }
      }
      break
    case 'silence':
      for (const signal of step.signals)
        if (step.signals.length > 1) yield { ...step, signals: step.signals.filter((one) => one !== signal) }
      break
    default:
  }
}

function* withSimplerSetup({ setup, steps }: History): Generator<History> {
  const simpler: Partial<Setup>[] = [
    ...(setup.hostnames.length > 1 ? [{ hostnames: setup.hostnames.slice(0, 1) }, { hostnames: setup.hostnames.slice(0, -1) }] : []),
    ...(setup.clouds.length > 2 ? [{ clouds: setup.clouds.slice(0, -1) }] : []),
    ...(setup.noise > 0 ? [{ noise: 0 }] : []),
    ...(setup.families === 'ipv4' ? [] : [{ families: 'ipv4' as const }]),
    ...setup.clouds.flatMap((cloud, index) =>
      cloud.minShare > 0 || cloud.maxShare < 1
        ? [{ clouds: setup.clouds.map((one, at) => (at === index ? { ...one, minShare: 0, maxShare: 1 } : one)) }]
        : [],
    ),
  ]
  for (const part of simpler) yield { setup: { ...setup, ...part }, steps }
}
