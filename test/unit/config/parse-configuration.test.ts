// A sound file becomes a configuration with every default filled in.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems } from '#config/problem.ts'
import { Configuration } from '#model/configuration.ts'
import { aFile, type FileUnderTest, parseFile } from './a-file.ts'

function configurationOf(parsed: ReturnType<typeof parseFile>): Configuration {
  if (!parsed.ok) throw new Error(formatProblems(parsed.problems))
  return parsed.configuration
}

describe('a sound file', () => {
  test('gets the documented defaults', () => {
    const { homeRegion, hostnames, policy } = configurationOf(parseFile((file) => (file.hostnames['media.example.com'] = null)))
    expect(homeRegion).toBe('us-east-1')
    expect(policy.guards.maxTtlSeconds).toBe(60)
    expect(hostnames).toEqual([
      {
        hostname: 'media.example.com',
        zoneId: 'Z0123456789EXAMPLE',
        mode: 'enforce',
        ttlSeconds: 60,
        providers: [
          { provider: 'aws', minShare: 0, maxShare: 1 },
          { provider: 'hetzner', minShare: 0, maxShare: 1 },
        ],
      },
    ])
  })

  test('observes unless it says enforce', () => {
    const { hostnames } = configurationOf(parseFile((file) => delete file.policy))
    expect(hostnames[0]?.mode).toBe('observe')
  })

  test('reads signals from namespace Sluice of its stage, counts as sums and gauges as averages', () => {
    const { providers } = configurationOf(parseFile())
    expect(providers[1]?.signals).toMatchObject({
      load: {
        namespace: 'Sluice',
        metric: 'Requests',
        dimensions: { Stage: 'test', Provider: 'hetzner' },
        stat: 'Sum',
        region: 'us-east-1',
      },
      errors: { metric: 'Failures', stat: 'Sum' },
      capacity: { metric: 'Capacity', stat: 'Average' },
      utilisation: { metric: 'Utilisation', stat: 'Average' },
      latency: { metric: 'LatencyP99', stat: 'Average' },
    })
  })

  test('may point a signal elsewhere, or say that it is not reported', () => {
    const load = {
      namespace: 'AWS/ApplicationELB',
      metric: 'RequestCount',
      dimensions: { LoadBalancer: 'app/x/1' },
      stat: 'Sum',
      region: 'eu-central-1',
    }
    const { providers } = configurationOf(parseFile((file) => (file.providers.aws.signals = { load, latency: null })))
    expect(providers[0]?.signals.load).toEqual({ ...load, scale: 1 })
    expect(providers[0]?.signals.latency).toBeNull()
  })

  test('puts a hostname into the longest zone that encloses it', () => {
    const parsed = parseFile((file) => {
      file.zones['media.example.com'] = 'Z9'
      file.hostnames['eu.media.example.com'] = null
    })
    expect(configurationOf(parsed).hostnames.map(({ hostname, zoneId }) => [hostname, zoneId])).toEqual([
      ['eu.media.example.com', 'Z9'],
      ['media.example.com', 'Z9'],
    ])
  })

  test('takes a wildcard, an alias and a CNAME where they may stand', () => {
    const alias = { dnsName: 'lb-1.eu-central-1.elb.amazonaws.com', hostedZoneId: 'Z215JYRZR1TBD5', dualStack: true }
    const parsed = parseFile((file) => {
      file.providers.aws.endpoints = [{ name: 'lb', alias }]
      file.hostnames = { '*.example.com': null }
    })
    const { providers, hostnames } = configurationOf(parsed)
    expect(hostnames[0]?.hostname).toBe('*.example.com')
    expect(providers[0]?.endpoints[0]?.address).toEqual({
      alias: { dnsName: alias.dnsName, hostedZoneId: alias.hostedZoneId, evaluateTargetHealth: false },
      ipv6: true,
    })
  })

  test('passes the schema of the model', () => {
    const configuration = configurationOf(parseFile())
    expect(Configuration.parse(configuration)).toEqual(configuration)
  })

  test('gives the same configuration whatever the order of its maps', () => {
    const turned = parseFile((file) => {
      file.providers = { hetzner: file.providers.hetzner, aws: file.providers.aws }
      file.hostnames['media.example.com'].providers = { hetzner: {}, aws: {} }
    })
    expect(configurationOf(turned)).toEqual(configurationOf(parseFile()))
  })
})

describe('text that is no YAML', () => {
  test.each([
    ['a broken list', 'providers: [', /Correct the syntax/],
    ['a repeated key', `${aFile()}\nstage: again\n`, /Rename or remove/],
  ])('%s is refused with its line', (_, text, mend) => {
    const parsed = parseConfiguration(text, 'sluice.yaml')
    expect(parsed.ok ? undefined : parsed.problems[0]).toMatchObject({ line: expect.any(Number), mend: expect.stringMatching(mend) })
  })

  test('an empty file is told what it lacks', () => {
    const parsed = parseConfiguration('', 'sluice.yaml')
    expect(parsed.ok ? '' : formatProblems(parsed.problems)).toContain('a map with the keys stage, homeRegion, alarmTopicArn, zones')
  })

  test('aliases that would multiply without bound end in a problem, not in a crash', () => {
    const layers = Array.from({ length: 12 }, (_, index) => `a${index}: &a${index} [${`*a${index - 1},`.repeat(index === 0 ? 0 : 9)}]`)
    const parsed = parseConfiguration(layers.join('\n'), 'sluice.yaml')
    expect(parsed.ok).toBe(false)
  })
})

describe('warnings', () => {
  const codesOf = (parsed: ReturnType<typeof parseFile>) =>
    parsed.ok ? [...new Set(parsed.warnings.map(({ code }) => code))] : ['refused']

  test.each([
    ['a failure budget that hides brownouts', (file: FileUnderTest) => setBudget(file, 0.2), 'budget-high'],
    ['a failure budget below ordinary failures', (file: FileUnderTest) => setBudget(file, 0.0001), 'budget-low'],
  ])('%s', (_, change, code) => {
    expect(codesOf(parseFile(change))).toContain(code)
  })

  test('overlapping provider sets', () => {
    const parsed = parseFile((file) => {
      file.providers.ovh = { rating: 10, endpoints: [{ name: 'ingress-1', ipv4: '203.0.113.5', ipv6: '2001:db8:3::5' }] }
      file.hostnames['files.example.com'] = { providers: { hetzner: {}, ovh: {} } }
    })
    expect(codesOf(parsed)).toContain('overlapping-sets')
  })

  test('equal provider sets do not overlap', () => {
    expect(codesOf(parseFile((file) => (file.hostnames['files.example.com'] = null)))).not.toContain('overlapping-sets')
  })

  test('addresses from the documentation ranges', () => {
    expect(codesOf(parseFile())).toEqual(['documentation-address'])
  })

  test('a provider that serves nothing, and a hostname that only one serves', () => {
    expect(codesOf(parseFile((file) => (file.hostnames['media.example.com'].providers = { aws: {} })))).toEqual([
      'one-provider',
      'documentation-address',
      'unused-provider',
    ])
  })
})

function setBudget(file: FileUnderTest, failureBudget: number): void {
  file.policy.estimator = { failureBudget }
}

test('the example is a sound file', () => {
  const parsed = parseConfiguration(readFileSync('examples/aws-hetzner/sluice.yaml', 'utf8'), 'sluice.yaml')
  expect(configurationOf(parsed).providers.map(({ name }) => name)).toEqual(['aws', 'hetzner'])
})
