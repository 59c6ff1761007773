// Keys that there are not or that are missing, and names and values in a form that does not fit.
import type { WrongInput } from './wrong-input.ts'

const media = 'media.example.com'

export const keysAndNames: readonly WrongInput[] = [
  {
    wrong: 'an unknown key at the top',
    change: (file) => (file.polcy = {}),
    path: 'polcy',
    seen: /the key "polcy"/,
    allowed: /policy, providers/,
    mend: /mean policy\?/,
  },
  {
    wrong: 'an unknown key deep down',
    change: (file) => (file.providers.aws.healthCheck = { intervallSeconds: 10 }),
    path: 'providers.aws.healthCheck.intervallSeconds',
    seen: /intervallSeconds/,
    allowed: /intervalSeconds, failureThreshold/,
    mend: /mean intervalSeconds\?/,
  },
  {
    wrong: 'an unknown key that is near to nothing',
    change: (file) => (file.hostnames[media].colour = 'red'),
    path: `hostnames["${media}"].colour`,
    seen: /"colour"/,
    allowed: /mode, ttlSeconds, .*providers/,
    mend: /Remove colour/,
  },
  {
    wrong: 'a missing key',
    change: (file) => delete file.providers.aws.rating,
    path: 'providers.aws.rating',
    seen: /nothing/,
    allowed: /a number above 0/,
    mend: /Add rating to providers\.aws/,
  },
  {
    wrong: 'an unknown mode',
    change: (file) => (file.hostnames[media].mode = 'enforced'),
    path: `hostnames["${media}"].mode`,
    seen: /"enforced"/,
    allowed: /"observe", "enforce"/,
    mend: /mean enforce\?/,
  },
  {
    wrong: 'a name that cannot be part of a set identifier',
    change: (file) => (file.providers['AWS eu'] = file.providers.aws),
    path: 'providers["AWS eu"]',
    seen: /AWS eu/,
    allowed: /lower-case letters/,
    mend: /^Rename "AWS eu" to aws-eu\.$/,
  },
  {
    wrong: 'a name that no other spelling mends',
    change: (file) => (file.providers['1&1'] = file.providers.aws),
    path: 'providers["1&1"]',
    seen: /1&1/,
    allowed: /lower-case letters/,
    mend: /^Rename "1&1"\.$/,
  },
  {
    wrong: 'a stage in capitals',
    change: (file) => (file.stage = 'Prod'),
    path: 'stage',
    seen: /"Prod"/,
    allowed: /lower-case letters/,
    mend: /^Write prod\.$/,
  },
  {
    wrong: 'a rating of nothing',
    change: (file) => (file.providers.aws.rating = 0),
    path: 'providers.aws.rating',
    seen: /0/,
    allowed: /above 0/,
    mend: /above 0/,
  },
]
