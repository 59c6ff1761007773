// The best that anybody could have done who knows the future but can act no sooner than the first tick that could see the event: a linear programme.
import highsModule from 'highs'
import { FAST_CHECK } from './controller.ts'
import { type ScenarioProvider, valueAt } from './scenario.ts'
import type { Run } from './simulate.ts'
import { initialWeights, tickOffset, WARM_UP_SECONDS } from './simulate.ts'
import { createWorld, PROPAGATION_SECONDS } from './world.ts'

/** Load and capacity are averaged over steps of this length: by Jensen's inequality that can only flatter the optimum, never hurt it. */
const STEP_SECONDS = 10

// The package's types are those of a CommonJS module, but its ES module's default export is the loader itself.
const highs = await (highsModule as unknown as typeof highsModule.default)()

/** Answers are the same from `from` until the next epoch; `share` is fixed where nobody could act yet. */
type Epoch = { readonly from: number; readonly fixed: readonly number[] | undefined; readonly isRed: readonly boolean[] }

/** Failed requests in percent of all; a lower bound for every controller that had the initial weights when the event came. */
export function optimum(run: Run): number {
  const { scenario } = run
  const epochs = epochsOf(run)
  const steps = Math.ceil(scenario.durationSeconds / STEP_SECONDS)
  const constraints: string[] = []
  const objective: string[] = []
  let requests = 0
  let servedAtMost = 0
  const stepRange = (s: number) => ({ from: s * STEP_SECONDS, to: Math.min((s + 1) * STEP_SECONDS, scenario.durationSeconds) })
  for (let s = 0; s < steps; s++) {
    const { from, to } = stepRange(s)
    const seconds = Array.from({ length: to - from }, (_, i) => from + i)
    requests += seconds.reduce((sum, at) => sum + valueAt(scenario.demand, at), 0)
    const reach = coefficients(run, epochs, seconds)
    for (const [p, provider] of scenario.providers.entries()) {
      const capacity = seconds.reduce((sum, at) => sum + valueAt(provider.capacity, at), 0)
      const good = 1 - Math.min(...seconds.map((at) => valueAt(provider.failureRatio, at)))
      // Served requests s ≤ load, s ≤ capacity; the load is linear in the answers of all epochs so far.
      const terms: string[] = []
      let known = 0
      for (const [e, { fixed }] of epochs.entries()) {
        const weight = reach[e] ?? 0
        if (weight === 0) continue
        if (fixed !== undefined) known += weight * (fixed[p] ?? 0)
        else terms.push(`- ${weight.toFixed(6)} b${e}_${p}`)
      }
      constraints.push(`s${s}_${p} ${terms.join(' ')} <= ${known.toFixed(6)}`, `s${s}_${p} <= ${capacity.toFixed(6)}`)
      objective.push(`+ ${good.toFixed(6)} s${s}_${p}`)
    }
  }
  for (const [e, epoch] of epochs.entries()) {
    if (epoch.fixed !== undefined) continue
    constraints.push(`${scenario.providers.map((_, p) => `b${e}_${p}`).join(' + ')} = 1`)
    // A red check withholds its provider, unless all are red.
    if (!epoch.isRed.every(Boolean)) for (const [p, isRed] of epoch.isRed.entries()) if (isRed) constraints.push(`b${e}_${p} = 0`)
  }
  const answer = solved(`Maximize\n obj: ${objective.join('\n ')}\nSubject To\n${constraints.map((one) => ` ${one}`).join('\n')}\nEnd\n`)
  if (answer.Status !== 'Optimal') throw new Error(`the optimum of "${scenario.name}" was not found: ${answer.Status}`)
  servedAtMost = answer.ObjectiveValue
  return Math.max(0, (100 * (requests - servedAtMost)) / requests)
}

/** HiGHS ends a few programmes with an error (random scenario 1060 is one) and solves them without its presolve. */
function solved(programme: string): ReturnType<typeof highs.solve> {
  try {
    return highs.solve(programme)
  } catch {
    return highs.solve(programme, { presolve: 'off' })
  }
}

/** How much of the demand of `seconds`, in requests, follows the answers of each epoch. */
function coefficients({ scenario }: Run, epochs: readonly Epoch[], seconds: readonly number[]): number[] {
  return epochs.map(({ from }, e) => {
    const until = epochs[e + 1]?.from ?? Infinity
    let sum = 0
    for (const at of seconds) {
      const demand = valueAt(scenario.demand, at)
      for (const [ttlSeconds, part] of scenario.resolvers) {
        // A cache of the second `at` holds the answers of the seconds (at − ttl, at].
        const overlap = Math.min(at + 1, until) - Math.max(at + 1 - ttlSeconds, from)
        if (overlap > 0) sum += (demand * part * overlap) / ttlSeconds
      }
    }
    return sum
  })
}

function epochsOf(run: Run): Epoch[] {
  const { scenario, timing } = run
  const initial = initialWeights(scenario)
  const red = redSeconds(run)
  const changes = red
    .flatMap((now, i) => (i === 0 || now.some((one, p) => one !== red[i - 1]?.[p]) ? [i] : []))
    .map((i) => i - WARM_UP_SECONDS)
  const firstTick =
    Array.from({ length: timing.lagSeconds + 2 * timing.tickSeconds }, (_, at) => at).find(
      (at) => at >= timing.lagSeconds && isTick(run, at),
    ) ?? 0
  const ticks: number[] = []
  for (let at = firstTick; at < scenario.durationSeconds; at += timing.tickSeconds) ticks.push(at + PROPAGATION_SECONDS)
  const longest = Math.max(...scenario.resolvers.map(([ttlSeconds]) => ttlSeconds))
  const starts = [...new Set([-longest, ...changes.filter((at) => at > -longest), ...ticks])].toSorted((a, b) => a - b)
  const isNormal = scenario.providers.every((provider) => isNormalBefore(provider))
  return starts.map((from): Epoch => {
    const isRed = red[Math.max(0, Math.min(red.length - 1, from + WARM_UP_SECONDS))] ?? []
    const isFree = from >= (ticks[0] ?? Infinity) || !isNormal
    return { from, isRed, fixed: isFree ? undefined : withheld(initial, isRed) }
  })
}

/** Where something was wrong before the event, everybody had time to prepare; then the optimum may too. */
function isNormalBefore(provider: ScenarioProvider): boolean {
  const isHealthy = provider.probe === undefined || valueAt(provider.probe, -1) > 0
  return isHealthy && valueAt(provider.capacity, -1) >= provider.rating
}

function isTick({ scenario, timing, phase }: Run, at: number): boolean {
  return (at + tickOffset(scenario, timing, phase)) % timing.tickSeconds === timing.lagSeconds % timing.tickSeconds
}

function withheld(weights: readonly number[], isRed: readonly boolean[]): number[] {
  const left = weights.map((weight, p) => (isRed[p] ? 0 : weight))
  const counted = left.some((weight) => weight > 0) ? left : weights
  const total = counted.reduce((sum, weight) => sum + weight, 0)
  return counted.map((weight) => weight / total)
}

/** Verdicts of the checks for every second, which do not depend on the weights. */
function redSeconds({ scenario }: Run): (readonly boolean[])[] {
  const world = createWorld(scenario, initialWeights(scenario), -WARM_UP_SECONDS, FAST_CHECK)
  return Array.from({ length: WARM_UP_SECONDS + scenario.durationSeconds }, (_, i) => world.step(i - WARM_UP_SECONDS).isRed)
}
