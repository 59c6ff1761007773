// Only records under a configured hostname whose set identifier is ours; anything else at the name stops the write.
import { providerOf } from '#model/record-identity.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const ownership: Guard = {
  name: 'ownership',
  binds: 'everything',
  check: (plan, { hostname, observed }) => {
    const [stranger] = observed.strangers
    if (stranger !== undefined) {
      const identifier = stranger.setIdentifier === undefined ? '' : ` "${stranger.setIdentifier}"`
      return refuse(
        'stranger',
        `${stranger.name} ${stranger.type}${identifier} is not ours (${stranger.why}); remove it or take the hostname out of the configuration`,
      )
    }
    const records = [...plan.wanted, ...plan.changes.flatMap(({ before }) => (before === undefined ? [] : [before]))]
    const foreign = records.find((record) => record.name !== hostname.hostname || providerOf(hostname.hostname, record) === undefined)
    if (foreign === undefined) return pass
    return refuse(
      'not-ours',
      `${foreign.name} ${foreign.type} "${foreign.setIdentifier}" is not a record of ${hostname.hostname}; the plan may not touch it`,
    )
  },
}
