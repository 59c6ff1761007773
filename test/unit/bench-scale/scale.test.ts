// bench:scale: that it measures the product, says what it should, and fails where it must.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Phase, Size } from '#bench/scale/measure.ts'
import { missed } from '#bench/scale/missed.ts'
import { externalDns, octoDns } from '#bench/scale/others.ts'

const run = (...args: string[]) => spawnSync(process.execPath, ['bench/scale/main.ts', ...args], { encoding: 'utf8' })

const aPhase = (changed: number, calls: Phase['calls'] = {}): Phase => ({
  changed,
  calls,
  ticks: 1,
  seconds: 1,
  longest: {},
  largestEventBytes: 100,
})
const changes = (count: number) => ({ 'route53 ChangeResourceRecordSets': count })
const aSize = (phases: Partial<Size['phases']> = {}): Size => ({
  hostnames: 10,
  phases: {
    deployment: aPhase(10, changes(10)),
    confirmation: aPhase(0),
    quiet: aPhase(0, { 'dynamodb Query': 4 }),
    onePercent: aPhase(1, changes(1)),
    full: aPhase(10, changes(10)),
    sweep: aPhase(0),
    ...phases,
  },
})

test('nothing is missed when a quiet tick leaves Route 53 alone and each changed hostname costs one change', () => {
  expect(missed(aSize())).toEqual([])
})

test('a Route 53 call of a quiet tick is missed, whatever the operation', () => {
  expect(missed(aSize({ quiet: aPhase(0, { 'route53 GetChange': 2 }) }))).toEqual([
    '10 hostnames: a quiet tick makes 2 Route 53 calls; it should make none',
  ])
})

test.each(['deployment', 'onePercent', 'full'] as const)('a second change call for a hostname is missed, and it says where: %s', (name) => {
  expect(missed(aSize({ [name]: aPhase(3, changes(4)) }))).toEqual([
    `10 hostnames, ${name}: 4 ChangeResourceRecordSets for 3 changed hostnames; it should be one for each`,
  ])
})

test('others list everything on each run: their quiet runs grow with the hostnames', () => {
  // 6,002 records are 21 pages of 300, and the zones.
  expect(externalDns(1_000).quiet).toBe(22)
  // 7,002 records are 24 pages, 3,000 health checks 30.
  expect(octoDns(1_000).quiet).toBe(55)
  for (const pattern of [externalDns(100), octoDns(100)]) expect(pattern.change(0)).toBe(pattern.quiet)
})

test('the command measures the product and gives the same figures every time', () => {
  const first = run('--hostnames', '2', '--no-lambdas', '--json')
  expect(first.stderr).toBe('')
  expect(first.status).toBe(0)
  const { sizes, missed: faults } = JSON.parse(first.stdout) as { sizes: Size[]; missed: string[] }
  expect(faults).toEqual([])
  expect(sizes[0]?.phases.quiet.calls['monitoring GetMetricData']).toBe(1)
  expect(sizes[0]?.phases.full.calls['route53 ChangeResourceRecordSets']).toBe(2)
  const second = run('--hostnames', '2', '--no-lambdas', '--json')
  expect(JSON.parse(second.stdout).sizes[0].phases.full).toEqual(sizes[0]?.phases.full)
}, 90_000)

test.each([['0'], ['a'], ['5001'], ['1,x']])('--hostnames %s is refused with what is allowed', (value) => {
  const { status, stderr } = run('--hostnames', value)
  expect(status).toBe(2)
  expect(stderr).toContain('allowed: whole numbers from 1 to 5000')
})
