// Checks on the wire: a real server goes away and comes back, and the reports follow by interval and threshold.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import type { ProbeReport, ProbeTarget } from '#local/aws/route53/data-plane.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { probeEndpoint } from '#local/probes/probe-endpoint.ts'
import { startProbes } from '#local/probes/start-probes.ts'

const aTarget = (over: Partial<ProbeTarget> = {}): ProbeTarget => ({
  id: 'hc-1',
  type: 'HTTP',
  ipAddress: '192.0.2.1',
  port: 80,
  resourcePath: '/healthz',
  requestIntervalSeconds: 10,
  failureThreshold: 3,
  isInverted: false,
  isDisabled: false,
  ...over,
})

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function aServer(answer: () => { status: number; body?: string }): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => {
    const { status, body = '' } = answer()
    response.writeHead(status).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return { server, port: (server.address() as AddressInfo).port }
}

it('a server that begins to fail is reported unhealthy, and healthy again when it recovers', async () => {
  let status = 200
  const { port } = await aServer(() => ({ status }))
  const clock = createLocalClock({ speed: 200 })
  const reports: ProbeReport[] = []
  const plane = { healthChecks: () => [aTarget()], reportProbe: (_id: string, report: ProbeReport) => void reports.push(report) }
  const probes = startProbes({ plane, clock, portOf: (address) => (address === '192.0.2.1' ? port : undefined) })
  closers.push(
    () => clock.stop(),
    () => probes.stop(),
  )
  await vi.waitFor(() => expect(reports.length).toBeGreaterThan(8))
  expect(reports.every((report) => report.isHealthy && report.fractionHealthy === 1)).toBe(true)
  status = 503
  await vi.waitFor(() => expect(reports.at(-1)).toEqual({ isHealthy: false, fractionHealthy: 0 }), { timeout: 5000 })
  status = 200
  await vi.waitFor(() => expect(reports.at(-1)).toEqual({ isHealthy: true, fractionHealthy: 1 }), { timeout: 5000 })
})

it('disabled, calculated and alarm-based checks are not probed', async () => {
  const clock = createLocalClock({ speed: 200 })
  const asked: string[] = []
  const targets = [aTarget({ id: 'off', isDisabled: true }), aTarget({ id: 'sum', type: 'CALCULATED' }), aTarget({ id: 'on' })]
  const plane = { healthChecks: () => targets, reportProbe: () => undefined }
  const probe = (target: ProbeTarget) => {
    asked.push(target.id)
    return Promise.resolve(true)
  }
  const probes = startProbes({ plane, clock, portOf: () => 1, probe })
  closers.push(
    () => clock.stop(),
    () => probes.stop(),
  )
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(8))
  expect(new Set(asked)).toEqual(new Set(['on']))
})

it.each([
  ['a 200', { status: 200 }, aTarget(), true],
  ['a redirect', { status: 302 }, aTarget(), true],
  ['a 404', { status: 404 }, aTarget(), false],
  ['the string it looks for', { status: 200, body: 'all well' }, aTarget({ type: 'HTTP_STR_MATCH', searchString: 'well' }), true],
  ['another string', { status: 200, body: 'no' }, aTarget({ type: 'HTTP_STR_MATCH', searchString: 'well' }), false],
  ['a connection, for TCP', { status: 500 }, aTarget({ type: 'TCP' }), true],
])('%s passes or fails the check', async (_what, answer, target, hasPassed) => {
  const { port } = await aServer(() => answer)
  expect(await probeEndpoint(target, port, 20)).toBe(hasPassed)
})

it('an address that no simulated cloud has fails, and so does a closed port', async () => {
  const { server, port } = await aServer(() => ({ status: 200 }))
  await new Promise((resolve) => server.close(resolve))
  expect(await probeEndpoint(aTarget(), port, 20)).toBe(false)
  expect(await probeEndpoint(aTarget({ type: 'TCP' }), port, 20)).toBe(false)
  expect(await probeEndpoint(aTarget(), undefined, 20)).toBe(false)
})
