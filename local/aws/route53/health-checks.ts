// The health checks of the account: their configuration, tags, and what the probers last said.
import { isDeepStrictEqual } from 'node:util'
import { uuidFrom } from '../identifier.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { ProbeReport } from './data-plane.ts'
import type { HealthCheckConfig } from './health-check-config.ts'

export type HealthCheck = {
  readonly id: string
  readonly callerReference: string
  config: HealthCheckConfig
  version: number
  /** Undefined until the first probe. */
  report: ProbeReport | undefined
}

export type HealthChecks = {
  /** `isNew` is false when the same request was made before: the existing check is answered. */
  create(callerReference: string, config: HealthCheckConfig): { check: HealthCheck; isNew: boolean }
  get(id: string): HealthCheck
  find(id: string): HealthCheck | undefined
  remove(id: string): void
  all(): HealthCheck[]
}

export function createHealthChecks(): HealthChecks {
  const checks = new Map<string, HealthCheck>()
  const references = new Map<string, string>()
  return {
    create(callerReference, config) {
      const known = references.get(callerReference)
      const existing = known === undefined ? undefined : checks.get(known)
      if (existing !== undefined && isDeepStrictEqual(existing.config, config)) return { check: existing, isNew: false }
      // "… with the same CallerReference as an existing health check but with different settings", or "as a deleted health check, regardless of the
      // settings, Route 53 returns a HealthCheckAlreadyExists error" (status 409).
      if (known !== undefined) {
        throw new ServiceFault(
          'HealthCheckAlreadyExists',
          `A health check with the caller reference '${callerReference}' has already been created.`,
          409,
        )
      }
      const check: HealthCheck = { id: uuidFrom(`health check ${callerReference}`), callerReference, config, version: 1, report: undefined }
      references.set(callerReference, check.id)
      checks.set(check.id, check)
      return { check, isNew: true }
    },
    get(id) {
      const check = checks.get(id)
      if (check === undefined) throw noSuchHealthCheck(id)
      return check
    },
    find: (id) => checks.get(id),
    // "Amazon Route 53 does not prevent you from deleting a health check even if the health check is associated with one or more resource record sets."
    remove: (id) => void checks.delete(id),
    all: () => [...checks.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

export function noSuchHealthCheck(id: string): ServiceFault {
  return new ServiceFault('NoSuchHealthCheck', `No health check exists with the specified ID ${id}.`, 404)
}

/**
 * Route 53's verdict. A new check counts as healthy until there are enough data, and "After you disable a health check, Route 53 considers the status of
 * the health check to always be healthy"; inversion turns both round (API reference, HealthCheckConfig: Disabled, Inverted).
 */
export function verdict({ config, report }: HealthCheck): boolean {
  const observed = config.Disabled ? true : (report?.isHealthy ?? true)
  return observed !== config.Inverted
}
