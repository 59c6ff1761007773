// Whatever is written into a file: it is either a configuration that survives its way through the parameters, or problems that say what to do.
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { stringify } from 'yaml'
import { configurationParameters } from '#config/configuration-parameters.ts'
import { type ParsedConfiguration, parseConfiguration } from '#config/parse-configuration.ts'
import { parseParameters } from '#config/parse-parameters.ts'
import { Configuration } from '#model/configuration.ts'

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null

const sound = (): { [key: string]: Json } => ({
  zones: { 'example.com': 'Z0123456789EXAMPLE' },
  policy: { ttlSeconds: 60, timing: { freshnessSeconds: 180 }, guards: { maxTtlSeconds: 60 } },
  providers: {
    aws: { rating: 40, endpoints: [{ name: 'in', ipv4: '192.0.2.10' }], healthCheck: { port: 443 }, signals: { latency: null } },
    other: { rating: 30, endpoints: [{ name: 'in', ipv4: '198.51.100.20' }] },
  },
  hostnames: { 'media.example.com': { ttlSeconds: 30, providers: { aws: { minShare: 0.1 }, other: null } } },
})

/** Every place of a value, as the keys that lead to it. */
function placesOf(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...entries.flatMap(([key, inner]) => placesOf(inner, [...path, key]))]
}

function withValue(value: Json, [key, ...rest]: readonly (string | number)[], put: Json): Json {
  if (key === undefined) return put
  if (Array.isArray(value)) return value.map((inner, index) => (index === key ? withValue(inner, rest, put) : inner))
  const map = value as { [key: string]: Json }
  return { ...map, [key]: withValue(map[key] ?? null, rest, put) }
}

const likely = fc.constantFrom<Json>(0, -1, 1, 0.5, 60, 300, 1e9, '', 'aws', 'enforce', '192.0.2.10', '2001:db8::1', null, true, {}, [])
const anything = fc.oneof(likely, fc.jsonValue() as fc.Arbitrary<Json>)

function expectSense(parsed: ParsedConfiguration): void {
  if (!parsed.ok) {
    expect(parsed.problems.length).toBeGreaterThan(0)
    for (const { seen, allowed, mend, file } of parsed.problems)
      expect([seen, allowed, mend, file].every((text) => text.length > 0)).toBe(true)
    return
  }
  const { configuration } = parsed
  expect(Configuration.parse(configuration)).toEqual(configuration)
  const parameters = [...configurationParameters(configuration, () => 'id')]
  const below = new Map(parameters.map(([name, value]) => [name.replace(`/sluice/${configuration.stage}/`, ''), value]))
  expect(parseParameters(configuration.stage, below)).toMatchObject({ ok: true })
}

describe('a file with anything in any place', () => {
  test.prop([fc.constantFrom(...placesOf(sound())), anything])('is a configuration or is told what is wrong', (place, put) => {
    expectSense(parseConfiguration(stringify(withValue(sound(), place, put)), 'sluice.yaml'))
  })

  test.prop([fc.string({ maxLength: 200 })])('so is any text', (text) => {
    expectSense(parseConfiguration(text, 'sluice.yaml'))
  })
})
