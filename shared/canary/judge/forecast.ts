// How long a verdict will take, before a canary begins: for preflight and for `sluice canary plan`.
import { type JudgeSettings, maxRatioOf } from '#model/judge-settings.ts'
import { ALTERNATIVES } from './bets.ts'
import { logMean } from './log-mean.ts'
import { canaryChance } from './odds.ts'

export type Traffic = {
  readonly requestsPerMinute: number
  /** Of the canary, 0–1. */
  readonly share: number
  /** Of the stable version, 0–1. */
  readonly baseFailureRatio: number
}

export type Forecast = {
  /** Minutes until the evidence, growing as it does on average, reaches its limit; Infinity when it never does. */
  readonly passMinutes: number
  readonly fail: readonly { readonly ratio: number; readonly minutes: number; readonly chanceWithinHour: number }[]
}

/** How many times worse a version is that operators ask about. */
const RATIOS = [2, 4, 10] as const

type Rates = { readonly canary: number; readonly control: number; readonly requests: number }
/** Mean and variance, per minute, of what a bet gains. */
type Growth = { readonly mean: number; readonly variance: number }

/** By failures alone, arriving at random at constant rates; several metrics with equal weights cost ln(number) nats. */
export function forecastVerdict(settings: JudgeSettings, { requestsPerMinute, share, baseFailureRatio }: Traffic): Forecast {
  const rates = (ratio: number): Rates => ({
    canary: requestsPerMinute * share * Math.min(1, baseFailureRatio * ratio),
    control: requestsPerMinute * (1 - share) * baseFailureRatio,
    requests: requestsPerMinute * share,
  })
  const chance = (ratio: number) => canaryChance(armsOf(share), ratio)
  const tolerated = chance(settings.toleratedRatio)
  const price = Math.log(1 / settings.alpha) + Math.log(stakesOf(settings))
  return {
    passMinutes: passMinutes(settings, rates(1), chance(maxRatioOf(settings))),
    fail: RATIOS.map((ratio) => {
      const growths = ALTERNATIVES.map((multiple) => growth(rates(ratio), tolerated, multiple))
      return { ratio, minutes: minutesUntil(growths, price), chanceWithinHour: chanceWithin(60, growths, price + Math.log(growths.length)) }
    }),
  }
}

function armsOf(share: number) {
  return { canary: { requests: share, bad: 0 }, control: { requests: 1 - share, bad: 0 } }
}

/** How many times its own evidence the errors metric has to reach, because others share the chance of a false abort. */
function stakesOf({ metrics, guardFailureRatio }: JudgeSettings): number {
  const aborting = metrics.filter(({ aborts }) => aborts)
  const own = aborting.find(({ kind }) => kind === 'failures')
  if (own === undefined) return Number.POSITIVE_INFINITY
  const total = aborting.reduce((sum, { weight }) => sum + weight, guardFailureRatio === undefined ? 0 : 1)
  return total / own.weight
}

function growth({ canary, control }: Rates, chance: number, multiple: number): Growth {
  const lost = Math.log1p(chance * (multiple - 1))
  const won = Math.log(multiple) - lost
  return { mean: canary * won - control * lost, variance: canary * won ** 2 + control * lost ** 2 }
}

/** A canary without a single failure passes sooner; that is the time when it is likelier than not to have none until then. */
function passMinutes(settings: JudgeSettings, rates: Rates, chance: number): number {
  const price = Math.log(1 / settings.beta)
  const spotless = minutesUntil(fineGrowths(settings, { ...rates, canary: 0 }, chance), price)
  if (rates.canary * spotless < Math.LN2) return spotless
  return minutesUntil(fineGrowths(settings, rates, chance), price)
}

function fineGrowths(settings: JudgeSettings, rates: Rates, chance: number): Growth[] {
  const { maxFailureRatio: limit } = settings
  const maxRatio = maxRatioOf(settings)
  const relative = [1 / maxRatio, 1 / Math.sqrt(maxRatio)].map((multiple) => growth(rates, chance, multiple))
  if (limit === undefined) return relative
  const absolute = [0, limit / 4, limit / 2].map((bet): Growth => {
    const won = Math.log1p(-bet) - Math.log1p(-limit)
    // The bet on no failure at all is lost by the first one: −1 for −∞, either never arrives.
    if (bet === 0) return { mean: rates.canary === 0 ? rates.requests * won : -1, variance: 0 }
    const lost = Math.log(bet / limit)
    return { mean: rates.canary * lost + (rates.requests - rates.canary) * won, variance: rates.canary * lost ** 2 }
  })
  return [...relative, ...absolute]
}

/** When ln(mean of exp(growth · t)) reaches `price`: it rises in t from 0 once any bet wins, so halving finds it. */
function minutesUntil(growths: readonly Growth[], price: number): number {
  const best = Math.max(...growths.map(({ mean }) => mean))
  if (best <= 0 || !Number.isFinite(price)) return Number.POSITIVE_INFINITY
  let [low, high] = [0, (price + Math.log(growths.length)) / best]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (logMean(growths.map(({ mean }) => mean * middle)) >= price) high = middle
    else low = middle
  }
  return high
}

/** Chance that the best bet, as a Brownian motion with its mean and variance, passes `price` by then: inverse Gaussian distribution. */
function chanceWithin(minutes: number, growths: readonly Growth[], price: number): number {
  return Math.max(
    0,
    ...growths.map(({ mean, variance }) => {
      const spread = Math.sqrt(variance * minutes)
      if (spread === 0 || mean <= 0 || !Number.isFinite(price)) return 0
      const before = normal((mean * minutes - price) / spread)
      // The reflected part; its factor overflows where the normal tail is nothing.
      const tail = normal((-mean * minutes - price) / spread)
      return Math.min(1, before + (tail === 0 ? 0 : Math.exp(Math.log(tail) + (2 * mean * price) / variance)))
    }),
  )
}

/** Standard normal distribution, to 1e-7 (Abramowitz & Stegun 26.2.17). */
function normal(x: number): number {
  if (x < 0) return 1 - normal(-x)
  const t = 1 / (1 + 0.2316419 * x)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series
}
