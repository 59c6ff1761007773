// Pins under which the loss of one more provider could not be carried: said as a rule, refused where policy says so, before anything is stored.
import { describe, expect, test } from 'vitest'
import { Policy } from '#model/policy.ts'
import { aConfiguration, aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { aController, operator } from '#test/builders/controller.ts'

const NAMES = ['aws', 'gcp', 'hetzner']
const address = { aws: '192.0.2.10', gcp: '203.0.113.10', hetzner: '198.51.100.10' }

/** Three clouds that can take 100 requests/s each and serve 50: whoever is lost, the others carry it at 75 %. */
async function three(nMinusOne: 'report' | 'refuse', load = 50, isSilent = false) {
  const providers = NAMES.map((name) => {
    const ipv4 = address[name as keyof typeof address]
    return aProvider({ name, rating: 100, endpoints: [{ name: 'edge', address: { ipv4 }, healthCheckId: `hc-${name}` }] })
  })
  const controller = aController(
    aConfiguration({
      policy: Policy.parse({ mode: 'enforce', guards: { nMinusOne } }),
      providers,
      hostnames: [aHostname({ providers: NAMES.map((provider) => ({ provider, minShare: 0, maxShare: 1 })) })],
    }),
  )
  const { clouds, tick, send, now } = controller
  for (const name of NAMES) clouds[name] = { capacity: 100, load, isSilent }
  await tick(6)
  const pin = (shares: object, isDryRun = false) =>
    send(operator(now(), { action: 'pin', hostname: HOSTNAME, shares, reason: 'sale', expiresAt: now() + 3_600 }, isDryRun))
  return { ...controller, pin }
}

const uneven = { aws: 0.5, gcp: 0.4, hetzner: 0.1 }
const loss = `${HOSTNAME}: without gcp, aws would get 125 % of its capacity; by capacity it would be 75 %`
const refused = `event.request.shares: seen ${loss}; allowed: shares under which the others carry the loss of any one as well as by capacity`

describe('n-minus-1: a pin under which the loss of one more provider could not be carried', () => {
  test('is said and stored as a rule', async () => {
    const { pin, overrides } = await three('report')
    expect(await pin(uneven)).toMatchObject({ decisions: [{}, { notices: [{ code: 'n-minus-1', sentence: loss }] }] })
    expect(await overrides.list()).toHaveLength(1)
  })

  test('is refused where policy says so, journalled, and neither stored nor written', async () => {
    const { pin, overrides, journal, shares } = await three('refuse')
    const before = shares()
    await expect(pin(uneven)).rejects.toThrow(refused)
    expect(await overrides.list()).toEqual([])
    expect(shares()).toEqual(before)
    expect(journal.all.at(-1)).toMatchObject({ kind: 'refused', refusals: [{ guard: 'n-minus-1', reason: { sentence: loss } }] })
  })

  test('is refused by a dry run too, which journals nothing', async () => {
    const { pin, journal } = await three('refuse')
    const entries = journal.all.length
    await expect(pin(uneven, true)).rejects.toThrow(refused)
    expect(journal.all).toHaveLength(entries)
  })

  test('is accepted when the loss was as bad before the order', async () => {
    const { pin, overrides, deploy, ports } = await three('report')
    await pin(uneven)
    const { policy, ...rest } = await ports.configuration.load()
    deploy({ ...rest, policy: { ...policy, guards: { ...policy.guards, nMinusOne: 'refuse' } } })
    await pin({ aws: 0.45, gcp: 0.45, hetzner: 0.1 })
    expect(await overrides.list()).toMatchObject([{ shares: { aws: 0.45 } }])
    await expect(pin({ aws: 0.6, gcp: 0.38, hetzner: 0.02 })).rejects.toThrow('event.request.shares: seen')
  })

  test('is accepted when the loss could not be carried by capacity either', async () => {
    const { pin, overrides } = await three('refuse', 80)
    await pin({ aws: 0.335, gcp: 0.333, hetzner: 0.332 })
    expect(await overrides.list()).toHaveLength(1)
  })

  test('is accepted while nobody knows the load', async () => {
    const { pin, overrides } = await three('refuse', 50, true)
    await pin(uneven)
    expect(await overrides.list()).toHaveLength(1)
  })

  test('does not keep a drain from being carried out', async () => {
    const { send, now, shares } = await three('refuse', 80)
    await send(operator(now(), { action: 'drain', provider: 'gcp', reason: 'update', expiresAt: now() + 3_600 }))
    expect(shares().gcp).toBe(0)
  })
})

test('a pin that loses nothing is stored where policy refuses the others', async () => {
  const { pin, shares } = await three('refuse')
  await pin({ aws: 0.4, gcp: 0.3, hetzner: 0.3 })
  expect(shares().aws).toBeCloseTo(0.4, 2)
})
