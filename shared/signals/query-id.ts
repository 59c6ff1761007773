// The name of one query in a tick's batch: stable from tick to tick, and allowed by CloudWatch.

/**
 * CloudWatch allows letters, digits and underscores, beginning with a lower-case letter, at most 255 characters (API reference, MetricDataQuery).
 * Names of providers and endpoints have no capitals, so `H` for a hyphen and `_` between the parts keep different names apart.
 */
export function queryId(what: string, ...names: readonly string[]): string {
  return [what, ...names.map((name) => name.replaceAll('-', 'H'))].join('_')
}
