// The contract of Route 53 at a real account, opt-in: SLUICE_REAL_ZONE=<zone id>:<zone name> with the SDK's own credentials. Records are made below names
// of their own in that zone and deleted again; cases that need a whole zone are left out. See CONTRIBUTING.md.
import { Route53Client } from '@aws-sdk/client-route-53'
import { afterAll, describe, expect, it } from 'vitest'
import { route53Changes } from '#test/contract/cases/route53-changes.ts'
import { route53Reading } from '#test/contract/cases/route53-reading.ts'
import { givenZone } from '#test/contract/given-zone.ts'
import { cleanUp } from '#test/contract/route53-fixtures.ts'

const given = givenZone()
/** Route 53 makes a change in sync within a minute as a rule; a case makes a few. */
const CASE_MILLIS = 180_000

describe.skipIf(given === undefined)('Route 53 at a real zone', () => {
  const route53 = new Route53Client({ region: 'us-east-1' })
  afterAll(() => route53.destroy())

  for (const [index, one] of [...route53Changes.cases, ...route53Reading.cases].entries()) {
    const unique = `sluice-contract-${Date.now().toString(36)}-${index}`
    it.skipIf(one.ownZone)(
      one.name,
      async () => {
        try {
          // The cases of Route 53 use this client only.
          await one.run({ route53 } as Parameters<typeof one.run>[0], unique)
        } finally {
          if (given !== undefined) await cleanUp(route53, given.zoneId, `${unique}.${given.zone}`)
        }
      },
      CASE_MILLIS,
    )
  }
})

it('a zone that cannot be read is refused with what is allowed', () => {
  expect(() => givenZone('example.com')).toThrow('SLUICE_REAL_ZONE: seen "example.com"; allowed: <zone id>:<zone name>')
  expect(givenZone('Z0123456789ABC:test.example.com')).toEqual({ zoneId: 'Z0123456789ABC', zone: 'test.example.com' })
})
