// Weights optimise, health checks protect: every record that automation writes names the health check of its endpoint.
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const backstop: Guard = {
  name: 'backstop',
  binds: 'everything',
  check: (plan, { providers }) => {
    const existing = new Set(providers.flatMap(({ endpoints }) => endpoints.map(({ healthCheckId }) => healthCheckId)))
    const bare = plan.wanted.find(({ healthCheckId }) => healthCheckId === undefined || !existing.has(healthCheckId))
    // A rollback may name the check of an endpoint that has since left the configuration; reconcile keeps such checks.
    if (bare === undefined || (plan.cause === 'rollback' && bare.healthCheckId !== undefined)) return pass
    const found =
      bare.healthCheckId === undefined ? 'has no health check' : `names health check ${bare.healthCheckId}, which is not one of ours`
    return refuse(
      'no-backstop',
      `${bare.setIdentifier} ${bare.type} ${found}; without it nobody would withhold the record while the controller is off`,
    )
  },
}
