// Which of the zones a hostname belongs to.

/** The longest zone that is the hostname itself or encloses it, as name servers choose. */
export function zoneOf(hostname: string, zones: readonly string[]): string | undefined {
  return zones.filter((zone) => hostname === zone || hostname.endsWith(`.${zone}`)).toSorted((a, b) => b.length - a.length)[0]
}
