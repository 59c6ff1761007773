// The parameters of a stage carry the whole configuration, and parameters of two deployments are told apart.
import { describe, expect, test } from 'vitest'
import { configurationParameters } from '#config/configuration-parameters.ts'
import { parseParameters } from '#config/parse-parameters.ts'
import type { Configuration } from '#model/configuration.ts'
import { type FileUnderTest, parseFile } from './a-file.ts'

function aConfiguration(change?: (file: FileUnderTest) => void): Configuration {
  const parsed = parseFile(change)
  if (!parsed.ok) throw new Error('the file under test is not sound')
  return parsed.configuration
}

/** What GetParametersByPath gives: in any order, keyed by the path below that of the stage, and with parameters that others put there. */
function stored(configuration: Configuration): Map<string, string> {
  const parameters = configurationParameters(configuration, (provider, endpoint) => `check-of-${provider}-${endpoint}`)
  const entries = [...parameters].map(([name, value]) => [name.replace('/sluice/test/', ''), value] as const)
  return new Map([...entries.toReversed(), ['stack', '{}']])
}

describe('parameters', () => {
  test('are read back as the configuration, with the health checks of the endpoints', () => {
    const configuration = aConfiguration((file) => {
      file.hostnames['*.example.com'] = null
      file.alarmTopicArn = 'arn:aws:sns:us-east-1:123456789012:on-call'
    })
    const parsed = parseParameters('test', stored(configuration))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    expect(parsed.configuration.providers.map(({ endpoints }) => endpoints[0]?.healthCheckId)).toEqual([
      'check-of-aws-ingress-1',
      'check-of-hetzner-ingress-1',
    ])
    const withoutChecks = parsed.configuration.providers.map((provider) => ({
      ...provider,
      endpoints: provider.endpoints.map(({ name, address }) => ({ name, address })),
    }))
    expect({ ...parsed.configuration, providers: withoutChecks }).toEqual(configuration)
  })

  test('name a wildcard _wildcard', () => {
    const names = [...stored(aConfiguration((file) => (file.hostnames = { '*.example.com': null }))).keys()]
    expect(names).toContain('hostnames/_wildcard.example.com')
  })

  test('of two deployments are refused', () => {
    const before = stored(aConfiguration())
    const after = stored(aConfiguration((file) => (file.providers.aws.rating = 80)))
    const half = new Map([...before, ['providers/aws', after.get('providers/aws') ?? '']])
    const parsed = parseParameters('test', half)
    expect(parsed.ok ? [] : parsed.problems.map(({ code }) => code)).toEqual(['digest'])
  })

  test('with a hostname too few are refused', () => {
    const parameters = stored(aConfiguration((file) => (file.hostnames['files.example.com'] = null)))
    parameters.delete('hostnames/files.example.com')
    expect(parseParameters('test', parameters).ok).toBe(false)
  })

  test.each([
    ['no policy', 'policy', undefined, 'missing'],
    ['no JSON', 'providers/aws', 'rating: 40', 'json'],
    ['a value out of range', 'providers/aws', '{"name":"aws","rating":-1,"endpoints":[],"healthCheck":{},"signals":{}}', 'schema'],
  ])('%s is told with the name of the parameter', (_, name, value, code) => {
    const parameters = stored(aConfiguration())
    if (value === undefined) parameters.delete(name)
    else parameters.set(name, value)
    const parsed = parseParameters('test', parameters)
    expect(parsed.ok ? undefined : parsed.problems[0]).toMatchObject({
      file: `/sluice/test/${name}`,
      code,
      mend: expect.stringContaining('Deploy again'),
    })
  })
})
