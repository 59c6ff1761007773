// What a rollback brought back stays until its pin ends, whatever the configuration says by then: addresses, checks, versions.
import { describe, expect, test } from 'vitest'
import { removeUnnamed } from '#lambdas/reconcile/remove-unnamed.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Endpoint } from '#model/provider.ts'
import { aConfiguration, aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { aController, operator } from '#test/builders/controller.ts'

const endpoint = (ipv4: string, healthCheckId: string, name = 'edge'): Endpoint => ({ name, address: { ipv4 }, healthCheckId })
const withAws = (...endpoints: Endpoint[]): Configuration =>
  aConfiguration({ providers: [aProvider({ endpoints }), aProvider({ name: 'hetzner', rating: 300 })] })

type Controller = ReturnType<typeof aController>

const rolledBack = (now: number) => operator(now, { action: 'rollback', hostname: HOSTNAME, reason: 'wrong', expiresAt: now + 3_600 })

/** A plan is good, the deployment is written, and an operator goes back. */
async function afterRollback(deployed: Configuration, controller = aController()): Promise<Controller> {
  await controller.tick(8)
  controller.deploy(deployed)
  await controller.tick(2)
  await controller.send(rolledBack(controller.now()))
  await controller.tick(1)
  return controller
}

const standing = ({ zone }: Controller) =>
  zone.standing.members
    .map(({ setIdentifier, target, healthCheckId }) => {
      const value = target.kind === 'values' ? target.values.join() : target.alias.dnsName
      return `${setIdentifier.slice(`sluice:${HOSTNAME}:`.length)} ${value} ${healthCheckId}`
    })
    .toSorted()
const RESTORED = ['aws:edge 192.0.2.10 hc-aws', 'hetzner:edge 198.51.100.10 hc-hetzner']

describe('what a rollback brought back stays', () => {
  test('with its address and its health check, though the configuration names others', async () => {
    const controller = await afterRollback(withAws(endpoint('192.0.2.99', 'hc-new')))
    const { fence } = controller.zone.standing
    await controller.tick(5)
    expect(standing(controller)).toEqual(RESTORED)
    expect(controller.zone.standing.fence).toEqual(fence)
  })

  test('with its endpoints, though the configuration has renamed them', async () => {
    const controller = await afterRollback(withAws(endpoint('192.0.2.99', 'hc-new', 'other')))
    await controller.tick(3)
    expect(standing(controller)).toEqual(RESTORED)
  })

  test('without what the configuration has added, endpoint or provider, and with room for nobody who has no record', async () => {
    const added = withAws(endpoint('192.0.2.10', 'hc-aws'), endpoint('192.0.2.11', 'hc-two', 'two'))
    const third = aProvider({ name: 'azure', rating: 900, endpoints: [endpoint('203.0.113.1', 'hc-azure')] })
    const providers = ['aws', 'hetzner', 'azure'].map((provider) => ({ provider, minShare: 0, maxShare: 1 }))
    const controller = await afterRollback({ ...added, providers: [...added.providers, third], hostnames: [aHostname({ providers })] })
    Object.assign(controller.clouds, { aws: { capacity: 20 } })
    const report = await controller.tick(6)
    expect(standing(controller)).toEqual(RESTORED)
    const decision = report.kind === 'done' ? report.decisions.find(({ set }) => set.startsWith('hostname:')) : undefined
    expect(decision?.providers.find(({ provider }) => provider === 'azure')?.share).toBe(0)
  })

  test('with a provider that has left the configuration, at the share it had, and nothing is written again for it', async () => {
    const { providers, ...rest } = aConfiguration()
    const hostnames = [aHostname({ providers: [{ provider: 'aws', minShare: 0, maxShare: 1 }] })]
    const controller = await afterRollback({ ...rest, providers: providers.slice(0, 1), hostnames })
    const { fence } = controller.zone.standing
    const report = await controller.tick(3)
    expect(standing(controller)).toEqual(RESTORED)
    expect(controller.shares().hetzner).toBeCloseTo(3 / 8, 1)
    expect(controller.zone.standing.fence).toEqual(fence)
    expect(report).toMatchObject({ decisions: expect.arrayContaining([expect.objectContaining({ isChange: false })]) })
  })

  test('while its weights follow health', async () => {
    const controller = await afterRollback(withAws(endpoint('192.0.2.99', 'hc-new')))
    Object.assign(controller.clouds, { hetzner: { capacity: 300, isRed: true } })
    await controller.tick(6)
    expect(standing(controller)).toEqual(RESTORED)
    expect(controller.shares().hetzner).toBeCloseTo(0.02, 2)
  })

  test('until it is unpinned: then the configuration counts again, and this is no repair', async () => {
    const controller = await afterRollback(withAws(endpoint('192.0.2.99', 'hc-new')))
    await controller.send(operator(controller.now(), { action: 'unpin', hostname: HOSTNAME, reason: 'mended' }))
    expect(standing(controller)).toEqual(['aws:edge 192.0.2.99 hc-new', 'hetzner:edge 198.51.100.10 hc-hetzner'])
    expect((await controller.records.get(HOSTNAME))?.receipt?.reason.code).toBe('hold-ended')
    expect((await controller.records.get(HOSTNAME))?.repairs).toBeUndefined()
  })

  test('until it expires', async () => {
    const controller = await afterRollback(withAws(endpoint('192.0.2.99', 'hc-new')))
    controller.sleep(3_600)
    await controller.tick(3)
    expect(standing(controller)).toContain('aws:edge 192.0.2.99 hc-new')
  })
})

describe('a rollback that Route 53 did not take at once', () => {
  test('is written by the next tick, with its records, and nobody sweeps the health check that they name', async () => {
    const deployed = withAws(endpoint('192.0.2.99', 'hc-new', 'other'))
    const controller = aController()
    await controller.tick(8)
    controller.deploy(deployed)
    await controller.tick(2)
    controller.zone.forced.push({ kind: 'throttled', message: 'Rate exceeded' })
    const report = await controller.send(rolledBack(controller.now()))
    expect(report).toMatchObject({ outcomes: [{ kind: 'deferred' }] })
    expect(standing(controller)).toContain('aws:other 192.0.2.99 hc-new')
    const removed: string[] = []
    const all = ['hc-aws', 'hc-new', 'hc-hetzner', 'hc-unnamed'].map((id) => ({ id, provider: 'aws', endpoint: 'edge' }))
    const healthChecks = { list: async () => all, remove: async (id: string) => void removed.push(id) }
    await removeUnnamed(deployed, [controller.zone.standing], { ...controller, healthChecks }, [])
    expect(removed).toEqual(['hc-unnamed'])

    await controller.tick(1)
    expect(standing(controller)).toEqual(RESTORED)
    const [applied] = controller.journal.all.filter(({ kind }) => kind === 'applied').slice(-1)
    expect(applied).toMatchObject({ changes: expect.arrayContaining([{ before: expect.anything(), reason: REMOVED }]) })
  })
})

const REMOVED = {
  code: 'remove',
  sentence: `sluice:${HOSTNAME}:aws:other A: removed, the plan that was rolled back to has none`,
}
