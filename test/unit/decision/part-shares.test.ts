// A provider that a canary has yet to bring in, or is taking out, gets part of its share; the others take the rest.
import { expect, test } from 'vitest'
import { partShares } from '#decision/part-shares.ts'
import type { Split } from '#model/split.ts'
import { aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'

const bounds = (provider: string, entersBy?: 'canary') => ({ provider, minShare: 0, maxShare: 1, ...(entersBy ? { entersBy } : {}) })
const aSplit = (providerParts: Record<string, number>): Split => ({
  hostname: HOSTNAME,
  generation: 2,
  versionShares: {},
  providerParts,
  cause: 'canary',
  reason: { code: 'shifted', sentence: 'hetzner of media.example.com: step 1 of 2, 50 %' },
  changedAt: 0,
})
const sharesOf = (decision: ReturnType<typeof partShares>) =>
  decision === undefined
    ? undefined
    : Object.fromEntries(decision.providers.map(({ provider, share }) => [provider, Number(share.toFixed(6))]))

test('half a share leaves the other half to the others, in proportion to theirs', () => {
  const hostname = aHostname({ providers: [bounds('aws'), bounds('gcp'), bounds('hetzner')] })
  const decision = aDecision({ aws: 0.45, gcp: 0.15, hetzner: 0.4 })
  const parted = partShares(decision, hostname, aSplit({ hetzner: 0.5 }))
  expect(sharesOf(parted)).toEqual({ aws: 0.6, gcp: 0.2, hetzner: 0.2 })
  expect(parted?.providers.at(-1)?.reason.sentence).toBe(
    'hetzner 0.20 in place of 0.40: 50 % of its share; hetzner of media.example.com: step 1 of 2, 50 %',
  )
})

test('who enters by a canary gets nothing before it', () => {
  const hostname = aHostname({ providers: [bounds('aws'), bounds('hetzner', 'canary')] })
  const parted = partShares(aDecision({ aws: 0.6, hetzner: 0.4 }), hostname, undefined)
  expect(sharesOf(parted)).toEqual({ aws: 1, hetzner: 0 })
  expect(parted?.providers.map(({ role }) => role)).toEqual(['serving', 'none'])
  expect(parted?.providers.at(-1)?.reason).toEqual({
    code: 'part',
    sentence: 'hetzner 0.00 in place of 0.40: 0 % of its share; it enters by a canary',
  })
})

test('a part is still a part that serves, of the hostname alone', () => {
  const parted = partShares(aDecision({ aws: 0.6, hetzner: 0.4 }), aHostname(), aSplit({ hetzner: 0.5 }))
  expect(parted?.set).toBe(`hostname:${HOSTNAME}`)
  expect(parted?.providers.at(-1)).toMatchObject({ role: 'serving', share: 0.2, reason: { code: 'part' } })
})

test('what waits behind a red check keeps its share, and takes no part in the sharing of the rest', () => {
  const hostname = aHostname({ providers: [bounds('aws'), bounds('gcp'), bounds('hetzner')] })
  const waiting = (share: number) => ({ role: 'waiting', share }) as const
  expect(sharesOf(partShares(aDecision({ aws: 0.4, gcp: waiting(0.3), hetzner: 0.3 }), hostname, aSplit({ hetzner: 0.5 })))).toEqual({
    aws: 0.55,
    gcp: 0.3,
    hetzner: 0.15,
  })
  const parted = partShares(aDecision({ aws: 0.4, gcp: 0.3, hetzner: waiting(0.3) }), hostname, aSplit({ hetzner: 0.5 }))
  expect(sharesOf(parted)).toEqual({ aws: 0.4, gcp: 0.3, hetzner: 0.3 })
  expect(parted?.providers.at(-1)?.role).toBe('waiting')
})

test('all of its share is no limit, and neither is a part where nobody else may serve', () => {
  expect(partShares(aDecision({ aws: 0.6, hetzner: 0.4 }), aHostname(), aSplit({ hetzner: 1 }))).toBeUndefined()
  expect(partShares(aDecision({ aws: 0, hetzner: 1 }), aHostname(), aSplit({ hetzner: 0.5 }))).toBeUndefined()
})

test('a part that makes the loss of another provider worse than capacity would is said with its figures', () => {
  const hostname = aHostname({ providers: [bounds('aws'), bounds('gcp'), bounds('hetzner')] })
  const of = (share: number) => ({ share, capacityEstimate: 100 })
  const decision = aDecision({ aws: of(0.34), gcp: of(0.33), hetzner: of(0.33) }, { demand: 150 })
  expect(partShares(decision, hostname, aSplit({ hetzner: 0.3 }))?.notices).toEqual([
    {
      code: 'n-minus-1',
      sentence: `${HOSTNAME}: without gcp, aws would get 123 % of its capacity; by capacity it would be 76 %`,
    },
  ])
  expect(partShares({ ...decision, demand: 60 }, hostname, aSplit({ hetzner: 0.3 }))?.notices).toEqual([])
})
