// Weights optimise, health checks protect: every record that automation writes names the health check of its endpoint.
import { setIdentifier } from '#model/names.ts'
import { pinOf } from '#model/override.ts'
import type { Plan } from '#model/plan.ts'
import { recordKey } from '#model/record-identity.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const backstop: Guard = {
  name: 'backstop',
  binds: 'everything',
  check: (plan, { providers, overrides }) => {
    const own = new Map(
      providers.flatMap(({ name, endpoints }) =>
        endpoints.map((endpoint) => [setIdentifier(plan.hostname, name, endpoint.name, endpoint.of?.version), endpoint.healthCheckId]),
      ),
    )
    // What a rollback brought back may name the check of an endpoint that has since left the configuration; reconcile keeps such checks.
    const restored = new Map(pinOf(overrides, plan.hostname)?.members?.map((record) => [recordKey(record), record.healthCheckId]))
    const isOwn = (record: Plan['wanted'][number]) =>
      record.healthCheckId !== undefined && [own.get(record.setIdentifier), restored.get(recordKey(record))].includes(record.healthCheckId)
    const bare = plan.wanted.find((record) => !isOwn(record))
    if (bare === undefined || (plan.cause === 'rollback' && bare.healthCheckId !== undefined)) return pass
    const found =
      bare.healthCheckId === undefined ? 'has no health check' : `names health check ${bare.healthCheckId}, which is not its own`
    return refuse(
      'no-backstop',
      `${bare.setIdentifier} ${bare.type} ${found}; without it nobody would withhold the record while the controller is off`,
    )
  },
}
