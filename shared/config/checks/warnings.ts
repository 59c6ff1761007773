// What is allowed and still deserves a look.
import type { Finding } from '../problem.ts'
import { providersOf } from '../providers-of.ts'
import type { SluiceFile } from '../sluice-file.ts'
import { isDocumentationAddress } from './public-address.ts'

export function warningFindings(file: SluiceFile): Finding[] {
  return [
    ...budgetFindings(file),
    ...overlapFindings(file),
    ...aloneFindings(file),
    ...documentationFindings(file),
    ...unusedFindings(file),
  ]
}

function budgetFindings({ policy }: SluiceFile): Finding[] {
  const budget = policy.estimator.failureBudget
  const path = ['policy', 'estimator', 'failureBudget']
  const allowed = 'at least twice the p95 of the failure ratio on a normal day, usually 0.002 to 0.05'
  if (budget > 0.05)
    return [{ code: 'budget-high', path, seen: String(budget), allowed, mend: `Below ${budget} of failures nothing is cut: lower it.` }]
  if (budget < 0.002)
    return [{ code: 'budget-low', path, seen: String(budget), allowed, mend: 'Ordinary failures may look like a brownout: raise it.' }]
  return []
}

/** Load that another set puts on a provider cannot be told apart from this set's own. */
function overlapFindings(file: SluiceFile): Finding[] {
  const sets = new Map<string, { hostname: string; providers: string[] }>()
  for (const hostname of Object.keys(file.hostnames)) {
    const providers = providersOf(file, hostname).toSorted()
    const bounds = file.hostnames[hostname]?.providers ?? {}
    const key = providers.map((name) => `${name}[${bounds[name]?.minShare ?? 0}-${bounds[name]?.maxShare ?? 1}]`).join('+')
    if (!sets.has(key)) sets.set(key, { hostname, providers })
  }
  const all = [...sets.values()]
  return all.flatMap((one, index) =>
    all.slice(0, index).flatMap((other) => {
      const common = one.providers.filter((provider) => other.providers.includes(provider))
      if (common.length === 0) return []
      return [
        {
          code: 'overlapping-sets',
          path: ['hostnames', one.hostname, 'providers'],
          seen: `${one.providers.join(', ')}; ${other.hostname} is on ${other.providers.join(', ')}`,
          allowed: 'sets that are the same, bounds included, or have no provider in common work best',
          mend: `The load at ${common.join(', ')} counts for both sets: give both hostnames the same providers and bounds if you can.`,
        },
      ]
    }),
  )
}

function aloneFindings(file: SluiceFile): Finding[] {
  return Object.keys(file.hostnames)
    .filter((hostname) => providersOf(file, hostname).length === 1)
    .map((hostname) => ({
      code: 'one-provider',
      path: ['hostnames', hostname, 'providers'],
      seen: providersOf(file, hostname).join(', '),
      allowed: 'two or more providers: with one there is nothing to rebalance',
      mend: 'Add a second provider.',
    }))
}

function documentationFindings(file: SluiceFile): Finding[] {
  return Object.entries(file.providers).flatMap(([name, { endpoints }]) =>
    endpoints.flatMap((endpoint, index) =>
      (['ipv4', 'ipv6'] as const).flatMap((key) => {
        const address = endpoint[key]
        if (address === undefined || !isDocumentationAddress(address)) return []
        return [
          {
            code: 'documentation-address',
            path: ['providers', name, 'endpoints', index, key],
            seen: address,
            allowed: 'documentation addresses in the simulation only',
            mend: 'Put in the address of your ingress before you deploy.',
          },
        ]
      }),
    ),
  )
}

function unusedFindings(file: SluiceFile): Finding[] {
  const used = new Set(Object.keys(file.hostnames).flatMap((hostname) => providersOf(file, hostname)))
  return Object.keys(file.providers)
    .filter((name) => !used.has(name))
    .map((name) => ({
      code: 'unused-provider',
      path: ['providers', name],
      seen: `${name} serves no hostname`,
      allowed: 'providers that a hostname names',
      mend: `Add ${name} to a hostname, or remove it: its health checks cost money.`,
    }))
}
