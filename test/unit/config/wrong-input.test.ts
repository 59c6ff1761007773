// Every way a file can be wrong is answered with place, value seen, what is allowed and the mend; the ways stand in wrong-input/.
import { describe, expect, test } from 'vitest'
import { formatProblems } from '#config/problem.ts'
import { parseFile } from './a-file.ts'
import { endpoints } from './wrong-input/endpoints.ts'
import { freezeWindows } from './wrong-input/freeze-windows.ts'
import { healthChecks } from './wrong-input/health-checks.ts'
import { hostnames } from './wrong-input/hostnames.ts'
import { keysAndNames } from './wrong-input/keys-and-names.ts'
import { shares } from './wrong-input/shares.ts'
import { signals } from './wrong-input/signals.ts'
import { strategies } from './wrong-input/strategies.ts'
import { ttls } from './wrong-input/ttls.ts'

const media = 'media.example.com'

const cases = [
  ...freezeWindows,
  ...strategies,
  ...ttls,
  ...healthChecks,
  ...signals,
  ...shares,
  ...endpoints,
  ...hostnames,
  ...keysAndNames,
]

describe('a wrong file', () => {
  test.each(cases)('with $wrong is refused at its place with a mend', ({ change, path, seen, allowed, mend }) => {
    const parsed = parseFile(change)
    const problems = parsed.ok ? [] : parsed.problems
    const problem = problems.find((one) => one.path === path)
    expect(problem, formatProblems(problems)).toBeDefined()
    expect(problem).toMatchObject({
      file: 'sluice.yaml',
      line: expect.any(Number),
      seen: expect.stringMatching(seen),
      allowed: expect.stringMatching(allowed),
      mend: expect.stringMatching(mend),
    })
  })

  test('tells everything that is wrong at once', () => {
    const parsed = parseFile((file) => {
      file.policy.ttlSeconds = 300
      file.hostnames[media].providers = { aws: { minShare: 0.7 }, hetzner: { minShare: 0.5 } }
      delete file.providers.hetzner.endpoints[0].ipv6
    })
    expect(parsed.ok ? [] : parsed.problems.map(({ code }) => code).toSorted()).toEqual(['missing-record-type', 'shares-add-up', 'ttl'])
  })
})
