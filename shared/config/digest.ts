// A short fingerprint of a configuration, so that parameters of two deployments are never mixed.
import type { Configuration } from '#model/configuration.ts'
import { fingerprintOf } from '#model/fingerprint.ts'

/** Over the JSON with sorted keys; health check ids are left out because they are known only at deployment. 16 hex digits. */
export function digestOf(configuration: Configuration): string {
  return fingerprintOf(JSON.stringify(sortKeys(configuration)))
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key, one]) => key !== 'healthCheckId' && one !== undefined)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sortKeys(one)]))
}
