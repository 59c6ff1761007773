// A short fingerprint of a configuration, so that parameters of two deployments are never mixed. Not a cryptographic hash.
import type { Configuration } from '#model/configuration.ts'

/** FNV-1a, 64 bits, over the JSON with sorted keys; health check ids are left out because they are known only at deployment. 16 hex digits. */
export function digestOf(configuration: Configuration): string {
  const text = JSON.stringify(sortKeys(configuration))
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key, one]) => key !== 'healthCheckId' && one !== undefined)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sortKeys(one)]))
}
