// Resolvers that keep an answer for a time: as a fluid, or as many single ones that draw.

export type Cache = {
  /** Part of all clients behind resolvers of this kind. */
  readonly part: number
  /** One second passes, in which Route 53 answers with these shares. */
  readonly answer: (shares: readonly number[]) => void
  /** Part of these clients that goes to a provider now. */
  readonly share: (provider: number) => number
}

/** Single resolvers stand for all clients of their kind; this many for the whole. */
const RESOLVERS = 3000

export function createCache(
  model: 'fluid' | 'stochastic',
  ttlSeconds: number,
  part: number,
  random: () => number,
  initial: readonly number[],
): Cache {
  return model === 'fluid' ? fluidCache(ttlSeconds, part, initial) : stochasticCache(ttlSeconds, part, random, initial)
}

/** Answers are spread evenly over the time they are kept, so the share is the mean of the last `ttlSeconds` answers. */
function fluidCache(ttlSeconds: number, part: number, initial: readonly number[]): Cache {
  const ring = Array.from({ length: ttlSeconds }, () => initial)
  const sums = initial.map((share) => share * ttlSeconds)
  let position = 0
  return {
    part,
    answer: (shares) => {
      const oldest = ring[position] ?? initial
      for (const p of sums.keys()) sums[p] = (sums[p] ?? 0) + (shares[p] ?? 0) - (oldest[p] ?? 0)
      ring[position] = shares
      position = (position + 1) % ttlSeconds
    },
    share: (p) => (sums[p] ?? 0) / ttlSeconds,
  }
}

/** Each resolver draws one provider when its answer runs out; they run out at different moments. */
function stochasticCache(ttlSeconds: number, part: number, random: () => number, initial: readonly number[]): Cache {
  const count = Math.max(1, Math.round(RESOLVERS * part))
  const chosen = Array.from({ length: count }, () => draw(initial, random()))
  const counts = initial.map((_, p) => chosen.filter((one) => one === p).length)
  let seconds = 0
  return {
    part,
    answer: (shares) => {
      for (let i = seconds % ttlSeconds; i < count; i += ttlSeconds) {
        const next = draw(shares, random())
        const before = chosen[i] ?? 0
        counts[before] = (counts[before] ?? 0) - 1
        counts[next] = (counts[next] ?? 0) + 1
        chosen[i] = next
      }
      seconds += 1
    },
    share: (p) => (counts[p] ?? 0) / count,
  }
}

function draw(shares: readonly number[], at: number): number {
  let sum = 0
  for (const [p, share] of shares.entries()) {
    sum += share
    if (at < sum) return p
  }
  return shares.findLastIndex((share) => share > 0)
}
