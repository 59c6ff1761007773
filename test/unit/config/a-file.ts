// A sound sluice.yaml as a value, to be changed in one place by a test.
import { stringify } from 'yaml'
import { type ParsedConfiguration, parseConfiguration } from '#config/parse-configuration.ts'

/** Two providers with A and AAAA, one hostname. Typed loosely: tests put wrong things in. */
// biome-ignore lint/suspicious/noExplicitAny: wrong input is the subject of the tests
export type FileUnderTest = any

export function aFile(change: (file: FileUnderTest) => void = () => {}): string {
  const file = {
    stage: 'test',
    zones: { 'example.com': 'Z0123456789EXAMPLE' },
    policy: { mode: 'enforce' },
    providers: {
      aws: { rating: 40, endpoints: [{ name: 'ingress-1', ipv4: '192.0.2.10', ipv6: '2001:db8:1::10' }] },
      hetzner: { rating: 30, endpoints: [{ name: 'ingress-1', ipv4: '198.51.100.20', ipv6: '2001:db8:2::20' }] },
    },
    hostnames: { 'media.example.com': { providers: { aws: {}, hetzner: {} } } },
  }
  change(file)
  return stringify(file)
}

export function parseFile(change: (file: FileUnderTest) => void = () => {}): ParsedConfiguration {
  return parseConfiguration(aFile(change), 'sluice.yaml')
}
