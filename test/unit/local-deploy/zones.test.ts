// The hosted zones that the hostnames of a configuration need.
import { expect, test } from 'vitest'
import { expectedZones } from '#local/deploy/zones.ts'

const aHostname = (hostname: string, zoneId = 'Z1') => ({ hostname, zoneId, mode: 'enforce' as const, ttlSeconds: 60, providers: [] })

test.each([
  ['the parent of a single name', ['media.example.com'], 'example.com'],
  ['a single name that is an apex', ['example.com'], 'example.com'],
  ['what several names end with', ['files.example.com', 'media.example.com', '*.media.example.com'], 'example.com'],
  ['the parent of a wildcard', ['*.media.example.com'], 'example.com'],
  ['the apex among its names', ['example.com', 'www.example.com'], 'example.com'],
])('the zone of hostnames is %s', (_what, hostnames, name) => {
  expect(expectedZones({ hostnames: hostnames.map((hostname) => aHostname(hostname)) })).toEqual([{ id: 'Z1', name }])
})

test('each zone id is its own zone', () => {
  const hostnames = [aHostname('media.example.com', 'Z1'), aHostname('media.example.net', 'Z2')]
  expect(expectedZones({ hostnames })).toEqual([
    { id: 'Z1', name: 'example.com' },
    { id: 'Z2', name: 'example.net' },
  ])
})
