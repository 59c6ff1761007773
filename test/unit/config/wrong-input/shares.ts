// Shares that cannot add up.
import type { WrongInput } from './wrong-input.ts'

const media = 'media.example.com'

export const shares: readonly WrongInput[] = [
  {
    wrong: 'least shares above one',
    change: (file) => (file.hostnames[media].providers = { aws: { minShare: 0.7 }, hetzner: { minShare: 0.5 } }),
    path: `hostnames["${media}"].providers`,
    seen: /aws 0\.7 \+ hetzner 0\.5 = 1\.2/,
    allowed: /at most 1/,
    mend: /Lower them by 0\.2/,
  },
  {
    wrong: 'greatest shares below one',
    change: (file) => (file.hostnames[media].providers = { aws: { maxShare: 0.5 }, hetzner: { maxShare: 0.3 } }),
    path: `hostnames["${media}"].providers`,
    seen: /= 0\.8/,
    allowed: /at least 1/,
    mend: /Raise them by 0\.2/,
  },
  {
    wrong: 'a least share above the greatest',
    change: (file) => (file.hostnames[media].providers.aws = { minShare: 0.5, maxShare: 0.2 }),
    path: `hostnames["${media}"].providers.aws`,
    seen: /minShare 0\.5 above maxShare 0\.2/,
    allowed: /minShare ≤ maxShare/,
    mend: /Raise maxShare/,
  },
]
