// Takes the verdict of the health checks into a provider's memory: since when it has been red or green, and what an outage explains.
import type { ProviderMemory } from '#model/memory.ts'
import type { Reading } from './reading.ts'

/** May be called any number of times in one window. An unknown verdict changes nothing: the last one known stands. */
export function advanceProbe(memory: ProviderMemory, reading: Reading, deadSeconds: number, nowSeconds: number): ProviderMemory {
  const { probe } = reading
  if (probe.state === 'red' && memory.redSince === undefined) return turnedRed(memory, probe.since, deadSeconds, nowSeconds)
  if (probe.state === 'red') return { ...memory, redSince: Math.min(memory.redSince ?? probe.since, probe.since) }
  if (probe.state === 'green' && memory.redSince !== undefined) {
    const { redSince, ...rest } = memory
    return { ...rest, greenSince: Math.max(probe.since, redSince), goodWindows: 0 }
  }
  return memory
}

/** Failures that began within a dead time before the check turned red are the outage itself, not a lack of capacity: forget what they taught. */
function turnedRed(memory: ProviderMemory, redSince: number, deadSeconds: number, nowSeconds: number): ProviderMemory {
  const { greenSince: _ended, ...red } = { ...memory, redSince }
  const isExplained = memory.episodeStartedAt !== undefined && nowSeconds - memory.episodeStartedAt < deadSeconds
  if (!isExplained) return { ...red, isBad: false }
  const {
    limit: _limit,
    lastBadAt: _lastBadAt,
    lastCutAt: _cut,
    episodeStartedAt: _started,
    softLimit: _soft,
    beforeEpisode,
    ...kept
  } = red
  const { limit, lastBadAt, failedProbes } = beforeEpisode ?? { failedProbes: memory.failedProbes }
  return {
    ...kept,
    isBad: false,
    failedProbes,
    ...(limit === undefined ? {} : { limit }),
    ...(lastBadAt === undefined ? {} : { lastBadAt }),
  }
}
