// What people type: durations, times, shares and names.
import { describe, expect, test } from 'vitest'
import { CommandFailure } from '#cli/failure.ts'
import { lifeOf, parseDuration } from '#cli/input/duration.ts'
import { hostnameOrAll, knownHostname, knownProvider } from '#cli/input/known-names.ts'
import { pastMoment } from '#cli/input/moment.ts'
import { parseShares } from '#cli/input/shares.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'

const objectionTo = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof CommandFailure) return { exitCode: error.exitCode, ...error.objection }
    throw error
  }
  throw new Error('nothing was objected to')
}

describe('a duration', () => {
  test.each([
    ['2h', 7200],
    ['45m', 2700],
    ['45min', 2700],
    ['90s', 90],
    ['1h30m', 5400],
    ['1.5d', 129_600],
    ['3d12h', 302_400],
  ])('%s is %i s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  test.each(['', '2', 'h', '2 h', '-2h', '30m1h', '2w', '1e3s'])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test.each(['59s', '30d1s', '0m', 'soon'])(
    '%s is no life of an override: the message names the option, the value and the bounds',
    (text) => {
      expect(objectionTo(() => lifeOf(text))).toMatchObject({
        exitCode: 2,
        place: '--for',
        seen: `"${text}"`,
        allowed: 'a duration from 1m to 30d, such as 45m, 2h, 1h30m or 3d',
      })
    },
  )

  test('of exactly a minute or 30 days is a life', () => {
    expect([lifeOf('1m'), lifeOf('30d')]).toEqual([60, 2_592_000])
  })
})

describe('a time', () => {
  const utc = (text: string) => Date.parse(text) / 1000
  const now = utc('2026-01-31T12:00:00Z')
  const inUtc = { now, timeZone: 'UTC' }

  test.each([
    ['2026-01-31T11:00:00Z', '2026-01-31T11:00:00Z'],
    ['2026-01-31T12:30:00+01:00', '2026-01-31T11:30:00Z'],
    ['2026-01-30 14:05', '2026-01-30T14:05:00Z'],
    ['2026-01-30T14:05:30', '2026-01-30T14:05:30Z'],
    ['11:59', '2026-01-31T11:59:00Z'],
    ['9:05', '2026-01-31T09:05:00Z'],
    ['12:01', '2026-01-30T12:01:00Z'],
    ['15m', '2026-01-31T11:45:00Z'],
    ['2h ago', '2026-01-31T10:00:00Z'],
  ])('%s is %s', (text, expected) => {
    expect(pastMoment(text, inUtc)).toBe(utc(expected))
  })

  test.each([
    ['Europe/Berlin', '12:30', '2026-01-31T11:30:00Z'],
    ['America/New_York', '06:59', '2026-01-31T11:59:00Z'],
    ['Asia/Kolkata', '2026-01-31 17:00', '2026-01-31T11:30:00Z'],
    // The day before the clocks went forward, and the day itself.
    ['Europe/Berlin', '2025-03-29 12:00', '2025-03-29T11:00:00Z'],
    ['Europe/Berlin', '2025-03-30 12:00', '2025-03-30T10:00:00Z'],
  ])('on a clock in %s %s is %s', (timeZone, text, expected) => {
    expect(pastMoment(text, { now, timeZone })).toBe(utc(expected))
  })

  test.each(['yesterday', '25:61', '2026-01-31', '2026-13-01T00:00:00Z'])('"%s" is none', (text) => {
    expect(objectionTo(() => pastMoment(text, inUtc))).toMatchObject({ exitCode: 2, place: '--at', seen: `"${text}"` })
  })

  test('that is yet to come is objected to as such', () => {
    expect(objectionTo(() => pastMoment('2026-02-01T00:00:00Z', inUtc)).seen).toBe('"2026-02-01T00:00:00Z", which is yet to come')
  })
})

describe('shares', () => {
  test.each([
    [['aws=.7', 'hetzner=.3'], { aws: 0.7, hetzner: 0.3 }],
    [['aws=70%', 'hetzner=30%'], { aws: 0.7, hetzner: 0.3 }],
    [['hetzner=1'], { hetzner: 1 }],
    [['aws=0', 'hetzner=1.0'], { aws: 0, hetzner: 1 }],
    [['aws=.33', 'hetzner=.66'], { aws: 0.33, hetzner: 0.66 }],
  ])('%j are %j', (words, shares) => {
    expect(parseShares(words, aHostname())).toEqual(shares)
  })

  test.each([
    [['aws'], '"aws"', 'PROVIDER=SHARE'],
    [['aws=7'], '"aws=7"', 'from 0 to 1'],
    [['aws=-.1'], '"aws=-.1"', 'from 0 to 1'],
    [['gcp=1'], '"gcp=1"', `the providers of ${HOSTNAME}: aws, hetzner`],
    [['aws=.5', 'aws=.5'], '"aws=.5"', 'each provider once'],
    [['aws=.5', 'hetzner=.4'], '"aws=.5 hetzner=.4"', 'these make 0.9'],
  ])('%j are objected to', (words, seen, allowed) => {
    const objection = objectionTo(() => parseShares(words, aHostname()))
    expect(objection).toMatchObject({ exitCode: 2, place: 'SHARES', seen })
    expect(objection.allowed).toContain(allowed)
  })

  test.each([
    [['left', 'right'], 'for example: left=.7 right=.3'],
    [['left'], 'for example: left=1'],
  ])('are shown with the providers of the hostname: %j', (names, mend) => {
    const policy = aHostname({ providers: names.map((provider) => ({ provider, minShare: 0, maxShare: 1 })) })
    expect(objectionTo(() => parseShares(['aws'], policy)).mend).toContain(mend)
  })
})

describe('a name', () => {
  const configuration = aConfiguration()

  test('that is nearly one of the known is answered with the one that was meant', () => {
    expect(objectionTo(() => knownProvider('hetzer', configuration))).toMatchObject({
      exitCode: 2,
      place: 'PROVIDER',
      seen: '"hetzer"',
      allowed: 'aws, hetzner',
      mend: 'Did you mean hetzner?',
    })
  })

  test('of a host is taken as DNS takes it', () => {
    expect(knownHostname('Media.Example.COM.', configuration).hostname).toBe(HOSTNAME)
    expect(objectionTo(() => knownHostname('other.test', configuration))).toMatchObject({ place: 'HOSTNAME', allowed: HOSTNAME })
  })

  test.each([undefined, 'all', '*'])('%s stands for all hostnames', (name) => {
    expect(hostnameOrAll(name, configuration)).toBe('*')
  })
})
