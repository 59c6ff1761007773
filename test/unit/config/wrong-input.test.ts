// Every way a file can be wrong is answered with place, value seen, what is allowed and the mend.
import { describe, expect, test } from 'vitest'
import { formatProblems } from '#config/problem.ts'
import { type FileUnderTest, parseFile } from './a-file.ts'

type Case = {
  readonly wrong: string
  readonly change: (file: FileUnderTest) => void
  readonly path: string
  readonly seen: RegExp
  readonly allowed: RegExp
  readonly mend: RegExp
}

const media = 'media.example.com'

/** A weekend, wrong in one of its keys. */
const weekend = (more: object) => ({
  name: 'weekend',
  start: '2026-01-02T18:00',
  duration: 'P2DT14H',
  rrule: 'FREQ=WEEKLY',
  timeZone: 'Europe/Berlin',
  ...more,
})
const freeze = (more: object) => (file: FileUnderTest) => (file.policy.freezeWindows = [weekend(more)])

const cases: readonly Case[] = [
  {
    wrong: 'an alarm with a wildcard',
    change: (file) => (file.strategies = { careful: { alarms: ['checkout-*'] } }),
    path: 'strategies.careful.alarms[0]',
    seen: /"checkout-\*"/,
    allowed: /the name of a metric alarm, without \* and \?/,
    mend: /the name of a metric alarm/,
  },
  {
    wrong: 'an error budget in percent',
    change: (file) => (file.strategies = { careful: { errorBudget: { failureRatio: 5 } } }),
    path: 'strategies.careful.errorBudget.failureRatio',
    seen: /5/,
    allowed: /a number above 0 and below 1/,
    mend: /above 0 and below 1/,
  },
  {
    wrong: 'a rule for newer versions that there is not',
    change: (file) => (file.strategies = { careful: { onSupersede: 'rollback' } }),
    path: 'strategies.careful.onSupersede',
    seen: /"rollback"/,
    allowed: /"reject", "rollbackFirst"/,
    mend: /Did you mean|Use one of/,
  },
  {
    wrong: 'a start of a freeze window that is no local time',
    change: freeze({ start: '2026-01-02' }),
    path: 'policy.freezeWindows[0].start',
    seen: /"2026-01-02"/,
    allowed: /a local time such as 2026-11-27T18:00/,
    mend: /2026-11-27T18:00/,
  },
  {
    wrong: 'a start of a freeze window on a day that there is not',
    change: freeze({ start: '2026-02-30T18:00' }),
    path: 'policy.freezeWindows[0].start',
    seen: /2026-02-30T18:00/,
    allowed: /a date and time that there is/,
    mend: /Correct the date/,
  },
  {
    wrong: 'a freeze window that lasts no time',
    change: freeze({ duration: 'PT0H' }),
    path: 'policy.freezeWindows[0].duration',
    seen: /"PT0H"/,
    allowed: /a duration above zero/,
    mend: /how long it lasts/,
  },
  {
    wrong: 'a duration of a freeze window in words',
    change: freeze({ duration: '12 hours' }),
    path: 'policy.freezeWindows[0].duration',
    seen: /"12 hours"/,
    allowed: /PT12H or P2DT14H/,
    mend: /PT12H/,
  },
  {
    wrong: 'a time zone that there is not',
    change: freeze({ timeZone: 'Europe/Berln' }),
    path: 'policy.freezeWindows[0].timeZone',
    seen: /"Europe\/Berln"/,
    allowed: /IANA database, such as Europe\/Berlin/,
    mend: /Correct the name/,
  },
  ...(
    [
      ['FREQ=WEKLY', /FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY/],
      ['FREQ=HOURLY', /FREQ is one of DAILY/],
      ['FREQ=WEEKLY;BYHOUR=25', /the parts FREQ, INTERVAL/],
      ['FREQ=WEEKLY;BYDAY=XX', /Invalid BYDAY value: XX/],
      ['FREQ=DAILY;COUNT=x', /COUNT/],
      ['FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31', /one that ever comes/],
    ] as const
  ).map(
    ([rrule, allowed]): Case => ({
      wrong: `a recurrence ${rrule}`,
      change: (file) => (file.strategies = { careful: { freezeWindows: [weekend({ rrule })] } }),
      path: 'strategies.careful.freezeWindows[0].rrule',
      seen: new RegExp(rrule),
      allowed,
      mend: /Correct the rule/,
    }),
  ),
  {
    wrong: 'an unknown key at the top',
    change: (file) => (file.polcy = {}),
    path: 'polcy',
    seen: /the key "polcy"/,
    allowed: /policy, providers/,
    mend: /mean policy\?/,
  },
  {
    wrong: 'an unknown key deep down',
    change: (file) => (file.providers.aws.healthCheck = { intervallSeconds: 10 }),
    path: 'providers.aws.healthCheck.intervallSeconds',
    seen: /intervallSeconds/,
    allowed: /intervalSeconds, failureThreshold/,
    mend: /mean intervalSeconds\?/,
  },
  {
    wrong: 'an unknown key that is near to nothing',
    change: (file) => (file.hostnames[media].colour = 'red'),
    path: `hostnames["${media}"].colour`,
    seen: /"colour"/,
    allowed: /mode, ttlSeconds, .*providers/,
    mend: /Remove colour/,
  },
  {
    wrong: 'a missing key',
    change: (file) => delete file.providers.aws.rating,
    path: 'providers.aws.rating',
    seen: /nothing/,
    allowed: /a number above 0/,
    mend: /Add rating to providers\.aws/,
  },
  {
    wrong: 'an unknown mode',
    change: (file) => (file.hostnames[media].mode = 'enforced'),
    path: `hostnames["${media}"].mode`,
    seen: /"enforced"/,
    allowed: /"observe", "enforce"/,
    mend: /mean enforce\?/,
  },
  {
    wrong: 'a TTL above the maximum',
    change: (file) => (file.hostnames[media].ttlSeconds = 300),
    path: `hostnames["${media}"].ttlSeconds`,
    seen: /300 seconds/,
    allowed: /from 10 to 60 seconds/,
    mend: /Use 60/,
  },
  {
    wrong: 'a default TTL below the minimum',
    change: (file) => (file.policy.ttlSeconds = 5),
    path: 'policy.ttlSeconds',
    seen: /5 seconds/,
    allowed: /from 10 to 60/,
    mend: /Use 10/,
  },
  {
    wrong: 'bounds on TTLs that exclude each other',
    change: (file) => (file.policy.guards = { minTtlSeconds: 90 }),
    path: 'policy.guards.minTtlSeconds',
    seen: /90, above maxTtlSeconds 60/,
    allowed: /from 1 to 60/,
    mend: /Lower minTtlSeconds to 60/,
  },
  {
    wrong: 'a TTL that is no whole number',
    change: (file) => (file.policy.ttlSeconds = 30.5),
    path: 'policy.ttlSeconds',
    seen: /30\.5/,
    allowed: /a whole number/,
    mend: /a whole number/,
  },
  {
    wrong: 'two endpoints with one set identifier',
    change: (file) => file.providers.aws.endpoints.push({ name: 'ingress-1', ipv4: '192.0.2.11', ipv6: '2001:db8:1::11' }),
    path: 'providers.aws.endpoints[1].name',
    seen: /second endpoint "ingress-1".*set identifier/,
    allowed: /one endpoint per name/,
    mend: /ingress-1-2/,
  },
  {
    wrong: 'a set identifier above 128 characters',
    change: (file) => {
      const long = `${'a'.repeat(60)}.${'b'.repeat(30)}.example.com`
      file.hostnames[long] = null
      file.providers.aws.endpoints[0].name = 'i'.repeat(32)
    },
    path: `hostnames["${'a'.repeat(60)}.${'b'.repeat(30)}.example.com"]`,
    seen: /\(\d{3} characters\)/,
    allowed: /at most 128 characters/,
    mend: /Shorten/,
  },
  {
    wrong: 'one address at two endpoints',
    change: (file) => (file.providers.hetzner.endpoints[0].ipv4 = '192.0.2.10'),
    path: 'providers.hetzner.endpoints[0].ipv4',
    seen: /192\.0\.2\.10, which is also the address of aws\/ingress-1/,
    allowed: /each address at one endpoint/,
    mend: /Correct the address/,
  },
  {
    wrong: 'a CNAME beside A',
    change: (file) => (file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]),
    path: 'providers.hetzner.endpoints[0].cname',
    seen: /CNAME at hetzner\/ingress-1, beside addresses at aws\/ingress-1/,
    allowed: /CNAME at every endpoint of a hostname, or at none/,
    mend: /ipv4\/ipv6 addresses/,
  },
  {
    wrong: 'a CNAME at the apex',
    change: (file) => {
      file.providers.aws.endpoints = [{ name: 'ingress-1', cname: 'ingress.aws.example.net' }]
      file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]
      file.hostnames = { 'example.com': null }
    },
    path: 'providers.aws.endpoints[0].cname',
    seen: /apex of its zone/,
    allowed: /addresses or an alias/,
    mend: /below the apex/,
  },
  {
    wrong: 'a missing AAAA at one provider',
    change: (file) => delete file.providers.hetzner.endpoints[0].ipv6,
    path: 'providers.hetzner.endpoints[0]',
    seen: /no AAAA at hetzner\/ingress-1, but at aws\/ingress-1/,
    allowed: /AAAA at every endpoint/,
    mend: /Add ipv6 here/,
  },
  {
    wrong: 'an endpoint reached in two ways',
    change: (file) => (file.providers.aws.endpoints[0].cname = 'ingress.aws.example.net'),
    path: 'providers.aws.endpoints[0]',
    seen: /ipv4\/ipv6 and cname/,
    allowed: /exactly one of/,
    mend: /Keep one/,
  },
  {
    wrong: 'an endpoint without an address',
    change: (file) => (file.providers.aws.endpoints = [{ name: 'ingress-1' }]),
    path: 'providers.aws.endpoints[0]',
    seen: /without an address/,
    allowed: /exactly one of/,
    mend: /Add ipv4/,
  },
  {
    wrong: 'a private address',
    change: (file) => (file.providers.aws.endpoints[0].ipv4 = '10.0.0.5'),
    path: 'providers.aws.endpoints[0].ipv4',
    seen: /10\.0\.0\.5 \(private\)/,
    allowed: /over the internet/,
    mend: /public address/,
  },
  {
    wrong: 'something that is no address',
    change: (file) => (file.providers.aws.endpoints[0].ipv4 = '192.0.2.256'),
    path: 'providers.aws.endpoints[0].ipv4',
    seen: /192\.0\.2\.256/,
    allowed: /an IPv4 address/,
    mend: /IPv4 address/,
  },
  {
    wrong: 'a metric without region',
    change: (file) => (file.providers.aws.signals = { load: { namespace: 'AWS/ApplicationELB', metric: 'RequestCount', stat: 'Sum' } }),
    path: 'providers.aws.signals.load.region',
    seen: /nothing/,
    allowed: /text/,
    mend: /Add region to providers\.aws\.signals\.load/,
  },
  {
    wrong: 'a metric with an unknown statistic',
    change: (file) =>
      (file.providers.aws.signals = {
        load: { namespace: 'AWS/ApplicationELB', metric: 'RequestCount', stat: 'sum', region: 'eu-central-1' },
      }),
    path: 'providers.aws.signals.load.stat',
    seen: /"sum"/,
    allowed: /"Average", "Sum"/,
    mend: /mean Sum\?/,
  },
  {
    wrong: 'an unknown signal',
    change: (file) => (file.providers.aws.signals = { utilization: null }),
    path: 'providers.aws.signals.utilization',
    seen: /utilization/,
    allowed: /capacity, load, errors, utilisation, latency/,
    mend: /mean utilisation\?/,
  },
  {
    wrong: 'least shares above one',
    change: (file) => (file.hostnames[media].providers = { aws: { minShare: 0.7 }, hetzner: { minShare: 0.5 } }),
    path: `hostnames["${media}"].providers`,
    seen: /aws 0\.7 \+ hetzner 0\.5 = 1\.2/,
    allowed: /at most 1/,
    mend: /Lower them by 0\.2/,
  },
  {
    wrong: 'greatest shares below one',
    change: (file) => (file.hostnames[media].providers = { aws: { maxShare: 0.5 }, hetzner: { maxShare: 0.3 } }),
    path: `hostnames["${media}"].providers`,
    seen: /= 0\.8/,
    allowed: /at least 1/,
    mend: /Raise them by 0\.2/,
  },
  {
    wrong: 'a least share above the greatest',
    change: (file) => (file.hostnames[media].providers.aws = { minShare: 0.5, maxShare: 0.2 }),
    path: `hostnames["${media}"].providers.aws`,
    seen: /minShare 0\.5 above maxShare 0\.2/,
    allowed: /minShare ≤ maxShare/,
    mend: /Raise maxShare/,
  },
  {
    wrong: 'an unknown provider at a hostname',
    change: (file) => (file.hostnames[media].providers = { aws: {}, hetzer: {} }),
    path: `hostnames["${media}"].providers.hetzer`,
    seen: /"hetzer"/,
    allowed: /one of aws, hetzner/,
    mend: /mean hetzner\?/,
  },
  {
    wrong: 'a hostname outside every zone',
    change: (file) => (file.hostnames['media.example.org'] = null),
    path: 'hostnames["media.example.org"]',
    seen: /media\.example\.org/,
    allowed: /inside example\.com/,
    mend: /Add the zone/,
  },
  {
    wrong: 'a hostname whose end only looks like the zone',
    change: (file) => (file.hostnames['media.badexample.com'] = null),
    path: 'hostnames["media.badexample.com"]',
    seen: /badexample/,
    allowed: /inside example\.com/,
    mend: /Add the zone/,
  },
  {
    wrong: 'a hostname in capitals',
    change: (file) => (file.hostnames['Media.example.com'] = null),
    path: 'hostnames["Media.example.com"]',
    seen: /Media/,
    allowed: /in lower case/,
    mend: /Rename/,
  },
  {
    wrong: 'a zone id that is none',
    change: (file) => (file.zones['example.com'] = '/hostedzone/Z012'),
    path: 'zones["example.com"]',
    seen: /hostedzone/,
    allowed: /a hosted zone id such as/,
    mend: /hosted zone id/,
  },
  {
    wrong: 'a hostname without providers',
    change: (file) => (file.hostnames[media].providers = {}),
    path: `hostnames["${media}"].providers`,
    seen: /an empty map/,
    allowed: /at least one entry/,
    mend: /Add a provider/,
  },
  {
    wrong: 'no hostnames',
    change: (file) => (file.hostnames = {}),
    path: 'hostnames',
    seen: /an empty map/,
    allowed: /at least one entry under hostnames/,
    mend: /Add a hostname/,
  },
  {
    wrong: 'a name that cannot be part of a set identifier',
    change: (file) => (file.providers['AWS eu'] = file.providers.aws),
    path: 'providers["AWS eu"]',
    seen: /AWS eu/,
    allowed: /lower-case letters/,
    mend: /^Rename "AWS eu" to aws-eu\.$/,
  },
  {
    wrong: 'a name that no other spelling mends',
    change: (file) => (file.providers['1&1'] = file.providers.aws),
    path: 'providers["1&1"]',
    seen: /1&1/,
    allowed: /lower-case letters/,
    mend: /^Rename "1&1"\.$/,
  },
  {
    wrong: 'a stage in capitals',
    change: (file) => (file.stage = 'Prod'),
    path: 'stage',
    seen: /"Prod"/,
    allowed: /lower-case letters/,
    mend: /^Write prod\.$/,
  },
  {
    wrong: 'a hostname with its final dot',
    change: (file) => (file.hostnames['Files.example.com.'] = null),
    path: 'hostnames["Files.example.com."]',
    seen: /Files/,
    allowed: /a DNS name in lower case/,
    mend: /to files\.example\.com\.$/,
  },
  {
    wrong: 'one address in two spellings',
    change: (file) => (file.providers.hetzner.endpoints[0].ipv6 = '2001:0DB8:0001::10'),
    path: 'providers.hetzner.endpoints[0].ipv6',
    seen: /also the address of aws\/ingress-1/,
    allowed: /each address at one endpoint/,
    mend: /Correct the address/,
  },
  {
    wrong: 'a hostname where a fence stands',
    change: (file) => (file.hostnames['_sluice.media.example.com'] = null),
    path: 'hostnames["_sluice.media.example.com"]',
    seen: /_sluice/,
    allowed: /fences/,
    mend: /another name/,
  },
  {
    wrong: 'signals that can never be fresh',
    change: (file) => (file.policy.timing = { freshnessSeconds: 100 }),
    path: 'policy.timing.freshnessSeconds',
    seen: /100 seconds/,
    allowed: /= 120/,
    mend: /Use 120/,
  },
  {
    wrong: 'an alarm topic in another region',
    change: (file) => (file.alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call'),
    path: 'alarmTopicArn',
    seen: /eu-central-1/,
    allowed: /home region, us-east-1/,
    mend: /us-east-1/,
  },
  {
    wrong: 'an alarm topic that is none',
    change: (file) => (file.alarmTopicArn = 'on-call'),
    path: 'alarmTopicArn',
    seen: /"on-call"/,
    allowed: /the ARN of an SNS topic/,
    mend: /ARN of an SNS topic/,
  },
  {
    wrong: 'a rating of nothing',
    change: (file) => (file.providers.aws.rating = 0),
    path: 'providers.aws.rating',
    seen: /0/,
    allowed: /above 0/,
    mend: /above 0/,
  },
  {
    wrong: 'a check interval that Route 53 does not have',
    change: (file) => (file.providers.aws.healthCheck = { intervalSeconds: 20 }),
    path: 'providers.aws.healthCheck.intervalSeconds',
    seen: /20/,
    allowed: /one of 10, 30/,
    mend: /10, 30/,
  },
  {
    wrong: 'a TCP check without port',
    change: (file) => (file.providers.aws.healthCheck = { protocol: 'TCP' }),
    path: 'providers.aws.healthCheck.port',
    seen: /nothing/,
    allowed: /a port/,
    mend: /which port/,
  },
  {
    wrong: 'a TCP check with a path',
    change: (file) => (file.providers.aws.healthCheck = { protocol: 'TCP', port: 443, path: '/healthz' }),
    path: 'providers.aws.healthCheck.path',
    seen: /healthz/,
    allowed: /only connects/,
    mend: /Remove path/,
  },
  {
    wrong: 'a check that would follow the weights it guards',
    change: (file) => {
      file.providers.aws.endpoints = [{ name: 'ingress-1', cname: 'ingress.aws.example.net' }]
      file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]
      file.providers.aws.healthCheck = { host: media }
    },
    path: 'providers.aws.healthCheck.host',
    seen: /media\.example\.com/,
    allowed: /steered by the weights/,
    mend: /Remove host/,
  },
  {
    wrong: 'an endpoint that points to the name it serves',
    change: (file) => {
      file.providers.aws.endpoints = [{ name: 'ingress-1', cname: media }]
      file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]
    },
    path: 'providers.aws.endpoints[0].cname',
    seen: /which it serves/,
    allowed: /own name/,
    mend: /ingress of the provider/,
  },
]

describe('a wrong file', () => {
  test.each(cases)('with $wrong is refused at its place with a mend', ({ change, path, seen, allowed, mend }) => {
    const parsed = parseFile(change)
    const problems = parsed.ok ? [] : parsed.problems
    const problem = problems.find((one) => one.path === path)
    expect(problem, formatProblems(problems)).toBeDefined()
    expect(problem).toMatchObject({
      file: 'sluice.yaml',
      line: expect.any(Number),
      seen: expect.stringMatching(seen),
      allowed: expect.stringMatching(allowed),
      mend: expect.stringMatching(mend),
    })
  })

  test('tells everything that is wrong at once', () => {
    const parsed = parseFile((file) => {
      file.policy.ttlSeconds = 300
      file.hostnames[media].providers = { aws: { minShare: 0.7 }, hetzner: { minShare: 0.5 } }
      delete file.providers.hetzner.endpoints[0].ipv6
    })
    expect(parsed.ok ? [] : parsed.problems.map(({ code }) => code).toSorted()).toEqual(['missing-record-type', 'shares-add-up', 'ttl'])
  })
})
