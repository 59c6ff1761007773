// What the name server says to each kind of question.
import { describe, expect, it } from 'vitest'
import type { AnswerableRecordSet } from '#local/aws/route53/data-plane.ts'
import { resolveQuestion } from '#local/dns/resolve-question.ts'
import { aPlane, aRecordSet } from './a-record-set.ts'

const RECORDS: AnswerableRecordSet[] = [
  aRecordSet(),
  aRecordSet({ type: 'AAAA', values: ['2001:db8::1'] }),
  aRecordSet({ name: '_sluice.media.example.test', type: 'TXT', values: ['"gen=1 seq=2"'] }),
  aRecordSet({ name: '*.apps.example.test', values: ['192.0.2.9'] }),
  aRecordSet({ name: 'taken.apps.example.test', type: 'TXT', values: ['"x"'] }),
  aRecordSet({ name: 'www.example.test', type: 'CNAME', values: ['media.example.test.'] }),
  aRecordSet({ name: 'out.example.test', type: 'CNAME', values: ['elsewhere.example.net'] }),
  aRecordSet({
    name: 'shop.example.test',
    values: [],
    ttlSeconds: undefined,
    alias: { dnsName: 'media.example.test.', hostedZoneId: 'Z1', evaluateTargetHealth: false },
  }),
  aRecordSet({
    name: 'lb.example.test',
    values: [],
    ttlSeconds: undefined,
    alias: { dnsName: 'a.elb.amazonaws.com', hostedZoneId: 'Z9', evaluateTargetHealth: false },
  }),
]

const ask = (name: string, type: string) =>
  resolveQuestion(
    { plane: aPlane(RECORDS), random: () => 0, aliasAddresses: (_name, wanted) => (wanted === 'A' ? ['198.51.100.7'] : []) },
    name,
    type,
  )

describe('a question to the name server', () => {
  it.each([
    ['an address', 'media.example.test', 'A', ['media.example.test A 60 192.0.2.1']],
    ['an address in any case, with the final dot', 'MEDIA.Example.test.', 'A', ['media.example.test A 60 192.0.2.1']],
    ['an IPv6 address', 'media.example.test', 'AAAA', ['media.example.test AAAA 60 2001:db8::1']],
    ['a text', '_sluice.media.example.test', 'TXT', ['_sluice.media.example.test TXT 60 "gen=1 seq=2"']],
    ['a name under a wildcard', 'blue.apps.example.test', 'A', ['blue.apps.example.test A 60 192.0.2.9']],
    ['a name two levels under a wildcard', 'a.blue.apps.example.test', 'A', ['a.blue.apps.example.test A 60 192.0.2.9']],
    ['an alias inside the zone, under its own name', 'shop.example.test', 'A', ['shop.example.test A 60 192.0.2.1']],
    ['an alias to an AWS resource', 'lb.example.test', 'A', ['lb.example.test A 60 198.51.100.7']],
    ['a CNAME to a name outside', 'out.example.test', 'A', ['out.example.test CNAME 60 elsewhere.example.net']],
    [
      'a CNAME inside, followed',
      'www.example.test',
      'A',
      ['www.example.test CNAME 60 media.example.test.', 'media.example.test A 60 192.0.2.1'],
    ],
  ])('answers %s', (_what, name, type, expected) => {
    const { code, answers } = ask(name, type)
    expect(code).toBe('NOERROR')
    expect(answers.map((record) => `${record.name} ${record.type} ${record.ttlSeconds} ${record.value}`)).toEqual(expected)
  })

  it('says NXDOMAIN with the SOA for a name that does not exist', () => {
    const response = ask('nobody.example.test', 'A')
    expect(response.code).toBe('NXDOMAIN')
    expect(response.authority.map((record) => record.type)).toEqual(['SOA'])
  })

  it('says no data, not NXDOMAIN, for a name that exists with another type', () => {
    const response = ask('_sluice.media.example.test', 'A')
    expect([response.code, response.answers.length, response.authority[0]?.type]).toEqual(['NOERROR', 0, 'SOA'])
  })

  it('does not let a wildcard cover a name that exists with another type', () => {
    expect(ask('taken.apps.example.test', 'A')).toMatchObject({ code: 'NOERROR', answers: [] })
  })

  it('refuses a name in none of its zones', () => {
    expect(ask('www.example.org', 'A').code).toBe('REFUSED')
  })

  it.each(['SOA', 'NS'])('has the %s of the zone', (type) => {
    expect(ask('example.test', type).answers.map((record) => record.type)).toEqual([type])
  })
})
