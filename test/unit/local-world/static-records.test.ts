// The records set by hand where there is no controller.

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseConfiguration } from '#config/parse-configuration.ts'
import type { ProbeTarget } from '#local/aws/route53/data-plane.ts'
import { staticRecords } from '#local/world/static-records.ts'

const parsed = parseConfiguration(
  readFileSync(new URL('../../../examples/aws-hetzner/sluice.yaml', import.meta.url), 'utf8'),
  'sluice.yaml',
)
if (!parsed.ok) throw new Error('the example is right')
const { configuration } = parsed
const check = (id: string, ipAddress: string): ProbeTarget => ({
  id,
  type: 'HTTP',
  ipAddress,
  requestIntervalSeconds: 10,
  failureThreshold: 3,
  isInverted: false,
  isDisabled: false,
})

it('weights are in proportion to the ratings, and every record has its health check', () => {
  const [hostname] = configuration.hostnames
  if (hostname === undefined) throw new Error('the example has a hostname')
  const changes = staticRecords(configuration, hostname, [check('hc-aws', '192.0.2.10'), check('hc-hetzner', '198.51.100.20')])
  const rows = changes.map(({ Action, ResourceRecordSet: set }) => [
    Action,
    set?.SetIdentifier?.split(':')[2],
    set?.Type,
    set?.Weight,
    set?.HealthCheckId,
    set?.TTL,
  ])
  expect(rows).toEqual([
    ['CREATE', 'aws', 'A', 255, 'hc-aws', 60],
    ['CREATE', 'aws', 'AAAA', 255, 'hc-aws', 60],
    ['CREATE', 'hetzner', 'A', 191, 'hc-hetzner', 60],
    ['CREATE', 'hetzner', 'AAAA', 191, 'hc-hetzner', 60],
  ])
})
