// TTLs outside their bounds, and bounds that leave none.
import type { WrongInput } from './wrong-input.ts'

const media = 'media.example.com'

export const ttls: readonly WrongInput[] = [
  {
    wrong: 'a TTL above the maximum',
    change: (file) => (file.hostnames[media].ttlSeconds = 300),
    path: `hostnames["${media}"].ttlSeconds`,
    seen: /300 seconds/,
    allowed: /from 10 to 60 seconds/,
    mend: /Use 60/,
  },
  {
    wrong: 'a default TTL below the minimum',
    change: (file) => (file.policy.ttlSeconds = 5),
    path: 'policy.ttlSeconds',
    seen: /5 seconds/,
    allowed: /from 10 to 60/,
    mend: /Use 10/,
  },
  {
    wrong: 'bounds on TTLs that exclude each other',
    change: (file) => (file.policy.guards = { minTtlSeconds: 90 }),
    path: 'policy.guards.minTtlSeconds',
    seen: /90, above maxTtlSeconds 60/,
    allowed: /from 1 to 60/,
    mend: /Lower minTtlSeconds to 60/,
  },
  {
    wrong: 'a TTL that is no whole number',
    change: (file) => (file.policy.ttlSeconds = 30.5),
    path: 'policy.ttlSeconds',
    seen: /30\.5/,
    allowed: /a whole number/,
    mend: /a whole number/,
  },
]
