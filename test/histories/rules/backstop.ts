// Invariant 8. Every record that automation writes has its own health check, which exists; clean-up removes none that is named.
import type { Rule } from './rule.ts'

export const backstop: Rule = {
  name: 'backstop',
  written: ({ swap, plan }, { healthChecks }) => {
    const written = plan?.wanted ?? swap.create
    const owners = new Map<string, string>()
    for (const { setIdentifier, healthCheckId } of written) {
      if (healthCheckId === undefined) return `${setIdentifier} was written without a health check`
      const owner = owners.get(healthCheckId)
      if (owner !== undefined && owner !== setIdentifier)
        return `${setIdentifier} and ${owner} were written with one health check, ${healthCheckId}`
      owners.set(healthCheckId, setIdentifier)
    }
    const gone = swap.create.find(({ healthCheckId }) => healthCheckId !== undefined && !healthChecks.has(healthCheckId))
    return gone === undefined
      ? undefined
      : `${gone.setIdentifier} was written with health check ${gone.healthCheckId}, which does not exist`
  },
  removedCheck: (id, { setup, zone, configuration }) => {
    const record = setup.hostnames
      .flatMap(({ hostname }) => zone.standing(hostname).members)
      .find(({ healthCheckId }) => healthCheckId === id)
    if (record !== undefined) return `health check ${id} was removed although ${record.setIdentifier} names it`
    const provider = configuration.providers.find(({ endpoints }) => endpoints.some(({ healthCheckId }) => healthCheckId === id))
    return provider === undefined ? undefined : `health check ${id} was removed although the configuration of ${provider.name} names it`
  },
}
