// The hosted zones a configuration expects to find: they belong to the account, not to the stack.
import type { Configuration } from '#model/configuration.ts'

export interface ExpectedZone {
  readonly id: string
  readonly name: string
}

/** The configuration names zones by id alone; the apex taken is what all hostnames of the zone end with, at least two labels. */
export function expectedZones({ hostnames }: Pick<Configuration, 'hostnames'>): ExpectedZone[] {
  const byId = Map.groupBy(hostnames, ({ zoneId }) => zoneId)
  return [...byId].map(([id, members]) => ({ id, name: apexOf(members.map(({ hostname }) => hostname.replace(/^\*\./, ''))) }))
}

function apexOf(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split('.').toReversed())
  let shared = first.length
  for (const labels of others) {
    let same = 0
    while (same < shared && labels[same] === first[same]) same++
    shared = same
  }
  const isOneName = others.every((labels) => labels.length === shared) && shared === first.length
  return first
    .slice(0, isOneName ? Math.max(2, shared - 1) : shared)
    .toReversed()
    .join('.')
}
