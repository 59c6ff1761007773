// The product's reading of a zone: what it sees, and with how many calls.
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { fc } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { createInProcessAws } from '#local/aws/in-process-aws.ts'
import { fenceName, setIdentifier } from '#model/names.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import { walkZone } from '#ports/dns-zone.ts'
import { awsClients, destroyClients } from './aws-clients.ts'
import { manualClock } from './manual-clock.ts'
import { change } from './route53-fixtures.ts'

const ZONE = 'Z0WALK'

/** Runs `body` on a zone with these records; `calls` counts what was listed since the last time it was asked. */
async function onZone<T>(
  records: readonly ResourceRecordSet[],
  body: (zone: ReturnType<typeof route53Zone>, calls: () => number) => Promise<T>,
): Promise<T> {
  let listed = 0
  const clock = manualClock()
  const aws = await createInProcessAws({ clock, onRequest: ({ operation }) => void (operation === 'ListResourceRecordSets' && listed++) })
  aws.route53.settings.processingSeconds = 0
  aws.route53.createZone({ id: ZONE, name: 'example.com' })
  const clients = awsClients(aws.url, 'root')
  try {
    for (let start = 0; start < records.length; start += 500) {
      await change(
        clients.route53,
        ZONE,
        ...records.slice(start, start + 500).map((record): ['CREATE', ResourceRecordSet] => ['CREATE', record]),
      )
    }
    return await body(route53Zone(clients.route53, clock.nowSeconds), () => {
      const count = listed
      listed = 0
      return count
    })
  } finally {
    destroyClients(clients)
    await aws.close()
  }
}

const members = (hostname: string): ResourceRecordSet[] =>
  ['aws', 'hetzner', 'ovh'].map((provider, index) => ({
    Name: hostname,
    Type: 'A',
    SetIdentifier: setIdentifier(hostname, provider, 'edge'),
    Weight: index + 1,
    TTL: 60,
    ResourceRecords: [{ Value: `192.0.2.${index + 1}` }],
  }))
const fence = (hostname: string): ResourceRecordSet => ({
  Name: fenceName(hostname),
  Type: 'TXT',
  TTL: 60,
  ResourceRecords: [{ Value: '"gen=1 seq=7"' }],
})
const written = (hostname: string) => [...members(hostname), fence(hostname)]
const plain = (name: string): ResourceRecordSet => ({ Name: name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.9' }] })
const seen = (observed: ObservedRecords) => ({ members: observed.members.length, fence: observed.fence?.sequence })

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

it.each([
  ['as it was written', 'media.example.com', written('media.example.com'), 1, { members: 3, fence: 7 }],
  ['before its first write', 'media.example.com', [plain('zoo.example.com')], 1, { members: 0, fence: undefined }],
  ['before its first write, at the end of the zone', 'zzz.example.com', [], 1, { members: 0, fence: undefined }],
  ['without its fence', 'media.example.com', members('media.example.com'), 2, { members: 3, fence: undefined }],
  ['with a fence and no records', 'media.example.com', [fence('media.example.com')], 1, { members: 0, fence: 7 }],
  ['a wildcard', '*.example.com', written('*.example.com'), 1, { members: 3, fence: 7 }],
  ['a wildcard before its first write', '*.example.com', [], 2, { members: 0, fence: undefined }],
  [
    'with more names before its fence than fit on a page',
    'media.example.com',
    [...written('media.example.com'), ...Array.from({ length: 150 }, (_, index) => plain(`${index}.media.example.com`))],
    2,
    { members: 3, fence: 7 },
  ],
] as const)('a hostname %s is read with as few calls as can be', async (_what, hostname, records, calls, expected) => {
  await onZone(records, async (zone, count) => {
    expect(seen(await zone.list(ZONE, hostname))).toEqual(expected)
    expect(count()).toBe(calls)
  })
})

it('200 hostnames are walked with a call for every page of 300 records, not two for every hostname', async () => {
  const hostnames = Array.from({ length: 200 }, (_, index) => `s${index}.example.com`)
  await onZone(hostnames.flatMap(written), async (zone, count) => {
    const all = await collected(walkZone(zone, ZONE, hostnames))
    expect(all.map(({ hostname }) => hostname).toSorted()).toEqual(hostnames.toSorted())
    expect(new Set(all.map((one) => JSON.stringify(seen(one)))).size).toBe(1)
    // 800 records are 3 pages; one more because a page may end within a hostname.
    expect(count()).toBeLessThanOrEqual(4)
  })
})

it('a walk sees of each hostname what a look at it alone sees, whatever stands around it', async () => {
  const label = fc.constantFrom('a', 'a-b', '0', 'b', '_x', 'z')
  const name = fc
    .oneof(
      label,
      fc.tuple(label, label).map((pair) => pair.join('.')),
    )
    .map((text) => `${text}.example.com`)
  const state = fc.record({ hasMembers: fc.boolean(), hasFence: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.tuple(name, state), { maxLength: 8, selector: ([hostname]) => hostname }), async (hostnames) => {
      const records = hostnames.flatMap(([hostname, { hasMembers, hasFence }]) => [
        ...(hasMembers ? members(hostname) : []),
        ...(hasFence ? [fence(hostname)] : []),
      ])
      await onZone([plain('m.example.com'), ...records], async (zone) => {
        const walked = await collected(
          walkZone(
            zone,
            ZONE,
            hostnames.map(([hostname]) => hostname),
          ),
        )
        expect(walked).toHaveLength(hostnames.length)
        for (const one of walked) {
          const { hasMembers, hasFence } = hostnames.find(([hostname]) => hostname === one.hostname)?.[1] ?? {}
          expect({ hostname: one.hostname, ...seen(one) }).toEqual({
            hostname: one.hostname,
            members: hasMembers ? 3 : 0,
            fence: hasFence ? 7 : undefined,
          })
        }
      })
    }),
    { numRuns: 40 },
  )
}, 30_000)
