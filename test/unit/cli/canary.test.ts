// The canary commands against the real begin, step and judge: what is started, what is said, and the exit status.
import { describe, expect, test } from 'vitest'
import { CommandFailure } from '#cli/failure.ts'
import { executionName } from '#model/execution-name.ts'
import { aCanaryConfiguration, aVersionedProvider, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { AUTHOR } from '#test/builders/controller.ts'
import { aCanaryDesk } from './a-canary-desk.ts'

describe('canary start', () => {
  test('starts an execution with author and reason, and shows what preflight says', async () => {
    const desk = await aCanaryDesk()
    const { exitCode, out } = await desk.sluice('canary', 'start', 'media', '1.0.9', '--reason', 'release')
    expect(desk.started).toEqual([{ service: 'media', version: '1.0.9', author: AUTHOR, reason: 'release' }])
    expect([exitCode, out]).toEqual([
      0,
      expect.stringMatching(/generation 2\.\nExecution arn:.*:media--1\.0\.9--1\nWatch it: sluice canary status/),
    ])
    expect(desk.installation.shareOf('1.0.9')).toBeCloseTo(0.1, 2)
  })

  test('of a provider names hostname and part', async () => {
    const desk = await aCanaryDesk()
    await desk.sluice('canary', 'start', HOSTNAME, '--provider', 'hetzner', '--part', '0.5')
    expect(desk.started).toEqual([{ hostname: HOSTNAME, provider: 'hetzner', part: 0.5, author: AUTHOR }])
  })

  test('ends with 1 and every reason when it is refused', async () => {
    const desk = await aCanaryDesk()
    const { exitCode, out } = await desk.sluice('canary', 'start', 'media', '3.0.0')
    expect([exitCode, out]).toEqual([1, expect.stringMatching(/^Refused: media 3\.0\.0: no such version; media has 1\.0\.8, 1\.0\.9\n$/)])
    expect(await desk.installation.row()).toBeUndefined()
  })

  test('a second one while the first is in flight is refused, and says which', async () => {
    const desk = await aCanaryDesk()
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    const { exitCode, out } = await desk.sluice('canary', 'start', 'media', '1.0.9', '--reason', 'again')
    expect([exitCode, out]).toEqual([1, expect.stringContaining('media 1.0.9 is in flight since generation 2; abort it first')])
  })

  test.each([
    [['medla', '1.0.9'], 'Did you mean media?'],
    [['media'], 'SERVICE VERSION, or HOSTNAME --provider NAME'],
    [['media', 'V1/0'], 'a version such as 1.0.9'],
    [[HOSTNAME, '1.0.9', '--provider', 'aws'], 'Leave it out'],
    [['media', '1.0.9', '--part', '0.5'], 'Name the cloud'],
    [[HOSTNAME, '--provider', 'aws', '--part', '50'], 'a number from 0 to 1'],
  ])('%j ends with 2 and the mend', async (words, mend) => {
    const desk = await aCanaryDesk()
    const { exitCode, err } = await desk.sluice('canary', 'start', ...words)
    expect([exitCode, err]).toEqual([2, expect.stringContaining(mend)])
    expect(desk.started).toEqual([])
  })
})

describe('canary status', () => {
  test('before the first canary says so', async () => {
    const desk = await aCanaryDesk()
    expect(await desk.sluice('canary', 'status')).toEqual({ exitCode: 0, out: 'No canary yet.\n', err: '' })
    expect((await desk.sluice('canary', 'status', HOSTNAME)).out).toBe(`${HOSTNAME}: no canary yet\n`)
  })

  test('shows the step, the shares, the evidence against its limits, and what comes next', async () => {
    const desk = await aCanaryDesk()
    await desk.sluice('canary', 'start', 'media', '1.0.9', '--reason', 'release')
    await desk.installation.pass(8, (await desk.installation.canary())?.execution)
    const { out } = await desk.sluice('canary', 'status')
    expect(out).toMatch(/^media\.example\.com: media 1\.0\.9 bakes: minutes are judged, generation 2\n/)
    expect(out).toMatch(/step +1 of 2 \(10, 50 %\), now 10 % for \d+m/)
    expect(out).toMatch(/share +wanted 0\.10, observed 0\.10/)
    expect(out).toMatch(/worse +\[[#.]{30}\] log E -?\d+\.\d+ of 4\.61, fails there/)
    expect(out).toMatch(/next +Judge (\d\d:\d\d:\d\d \(in 1m\)|now)/)
    expect(out).toMatch(/versions +1\.0\.9 0\.10, 1\.0\.8 0\.90/)
  })

  test('shows the evidence of each metric against its own limit, and when the verdict comes', async () => {
    const metrics = [{ kind: 'failures' }, { kind: 'count', name: 'timeouts', weight: 3 }]
    const desk = await aCanaryDesk(aCanaryConfiguration({ ...QUICK, minDwellMinutes: 30, judge: { metrics } }), {
      counted: { timeouts: { '1.0.8': 0.01, '1.0.9': 0.01 } },
      requestsPerMinute: 800,
    })
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    await desk.installation.pass(8, (await desk.installation.canary())?.execution)
    const { out } = await desk.sluice('canary', 'status')
    expect(out).toMatch(/- failures +\[[#.]{30}\] log E -?\d+\.\d+ of 5\.99 by itself; -?\d+\.\d+ of 3\.00 for it/)
    expect(out).toMatch(/- timeouts +\[[#.]{30}\] log E -?\d+\.\d+ of 4\.89 by itself\n/)
    const minutes = /verdict +in about (\d+) minutes at this share, if it fails as the other does; in about \d+ minutes, if 4 times/
    expect(Number(minutes.exec(out)?.[1])).toBeGreaterThan(1)
    await desk.installation.pass(2, (await desk.installation.canary())?.execution)
    const later = (await desk.sluice('canary', 'status')).out
    expect(Number(minutes.exec(later)?.[1])).toBeLessThan(Number(minutes.exec(out)?.[1]))
  })

  test('--watch goes on until the canary has ended, and says how', async () => {
    const desk = await aCanaryDesk()
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    const { exitCode, out } = await desk.sluice('canary', 'status', HOSTNAME, '--watch')
    expect([exitCode, out.match(/generation 2/g)?.length ?? 0]).toEqual([0, expect.any(Number)])
    expect(
      out
        .trimEnd()
        .split('\n')
        .find((line) => line.includes('promoted ')),
    ).toMatch(/media 1\.0\.9 promoted .*, generation 2$/)
    expect(out).toMatch(/next +nothing: it has ended/)
  })

  test('--json is one document with the row and what is made of it', async () => {
    const desk = await aCanaryDesk()
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    const { out } = await desk.sluice('canary', 'status', '--json')
    expect(JSON.parse(out)).toMatchObject({
      hostnames: [
        { hostname: HOSTNAME, row: { generation: 2 }, canary: { name: 'media 1.0.9', isInFlight: true, percent: 10, wanted: 0.1 } },
      ],
    })
  })
})

describe('an order', () => {
  test('abort restores the records at once, in one change', async () => {
    const desk = await aCanaryDesk()
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    const { swap } = desk.installation.zone.calls
    const { exitCode, out } = await desk.sluice('canary', 'abort', HOSTNAME, '--reason', 'customers complain')
    expect([exitCode, out]).toEqual([0, expect.stringContaining(`aborted by ${AUTHOR}: customers complain, generation 3.`)])
    expect([desk.installation.zone.calls.swap - swap, desk.installation.shareOf('1.0.9')]).toEqual([1, 0])
  })

  test('approve opens the gate that status shows', async () => {
    const gated = aCanaryConfiguration({ ...QUICK, gates: [{ atPercent: 10 }] })
    const desk = await aCanaryDesk(gated)
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    await desk.installation.pass(12, (await desk.installation.canary())?.execution)
    expect((await desk.sluice('canary', 'status')).out).toMatch(/next +waits for an approval/)
    expect((await desk.sluice('canary', 'approve', HOSTNAME, '--reason', 'looks good')).exitCode).toBe(0)
    await desk.installation.untilDone(600, (await desk.installation.canary())?.execution)
    expect(await desk.installation.canary()).toMatchObject({ outcome: 'promoted' })
  })

  test('revert onto a version that is down is refused with 1 and the reason, and done when it is up again', async () => {
    const desk = await aCanaryDesk()
    const { installation } = desk
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    await installation.untilDone(600, (await installation.canary())?.execution)
    const before = JSON.stringify(await installation.rows.get(HOSTNAME))
    for (const provider of ['aws', 'hetzner']) installation.red.add(`hc-${provider}-1.0.8`)
    const revert = ['canary', 'revert', HOSTNAME, '--reason', 'memory leak']
    const why = 'media 1.0.9: not reverted: all 2 health checks of media 1.0.8 are red'
    expect(await desk.sluice(...revert)).toEqual({ exitCode: 1, out: `Refused: ${why}\n`, err: '' })
    const { exitCode, out } = await desk.sluice(...revert, '--json')
    expect([exitCode, JSON.parse(out)]).toMatchObject([1, { kind: 'answered', answer: { isRefused: true, sentence: why } }])
    expect(JSON.stringify(await installation.rows.get(HOSTNAME))).toBe(before)
    // Who looks later finds that it was asked for.
    expect(installation.stores.journal.all.at(-1)).toMatchObject({ kind: 'canary', reason: { code: 'no-way-back', sentence: why } })
    installation.red.clear()
    expect(await desk.sluice(...revert)).toMatchObject({ exitCode: 0, out: expect.stringContaining('media 1.0.9 is reverted by') })
    expect(installation.shareOf('1.0.8')).toBe(1)
  })

  test.each(['approve', 'hold', 'resume', 'promote', 'abort'])('%s with nothing in flight is refused', async (action) => {
    const desk = await aCanaryDesk()
    const { exitCode, out } = await desk.sluice('canary', action, HOSTNAME, '--reason', 'why')
    expect([exitCode, out]).toEqual([1, expect.stringMatching(/^Refused: /)])
  })

  test('needs a reason', async () => {
    const desk = await aCanaryDesk()
    expect((await desk.sluice('canary', 'abort', HOSTNAME)).exitCode).toBe(2)
  })
})

describe('canary plan', () => {
  test('forecasts each step and starts nothing', async () => {
    const desk = await aCanaryDesk()
    const { exitCode, out } = await desk.sluice('canary', 'plan', 'media', '1.0.9')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^media 1\.0\.9: could start now\n/)
    expect(out).toMatch(/STEP +REQUESTS\/MIN +PASSES AFTER +×2 FOUND AFTER/)
    expect(out).toMatch(/A good version takes about \d+ min/)
    expect(out).toContain('at most 3700 at 10 %, 18500 at 50 %, 37000 at 100 % can fail (worstFailureRatio 1); no exposureBudget is set')
    expect([desk.started, await desk.installation.row()]).toEqual([[], undefined])
  })

  test('ends with 1 and the reasons that a start would be refused with', async () => {
    const desk = await aCanaryDesk()
    const { exitCode, out } = await desk.sluice('canary', 'plan', 'media', '1.0.8')
    expect([exitCode, out]).toEqual([1, expect.stringContaining('media 1.0.8: would be refused\n  media 1.0.8: it stands there already')])
  })

  test('says of metrics, health checks and alarms what a start says of them', async () => {
    const desk = await aCanaryDesk(aCanaryConfiguration({ ...QUICK, alarms: ['checkout-errors'] }), { silent: true })
    desk.installation.red.add('hc-hetzner-1.0.9')
    const planned = await desk.sluice('canary', 'plan', 'media', '1.0.9', '--json')
    const { verdict, reasons } = JSON.parse(planned.out)
    expect([planned.exitCode, verdict]).toEqual([1, 'refused'])
    const sentences: string[] = reasons.map(({ sentence }: { sentence: string }) => sentence)
    for (const part of ['Version=1.0.9 had no data', 'the health check of v1 at hetzner is red', 'no metric alarm checkout-errors'])
      expect(sentences.join('\n')).toContain(part)
    const started = await desk.sluice('canary', 'start', 'media', '1.0.9')
    expect([started.exitCode, started.out]).toEqual([1, `Refused: ${sentences.join('; ')}\n`])
  })

  test('of a version that supersedes the one in flight says what it would wait for', async () => {
    const versions = ['1.0.8', '1.0.9', '1.1.0']
    const providers = [aVersionedProvider('aws', 500, versions), aVersionedProvider('hetzner', 300, versions)]
    const desk = await aCanaryDesk({ ...aCanaryConfiguration({ ...QUICK, onSupersede: 'rollbackFirst' }), providers })
    await desk.sluice('canary', 'start', 'media', '1.0.9')
    await desk.installation.pass(8, (await desk.installation.canary())?.execution)
    const { exitCode, out } = await desk.sluice('canary', 'plan', 'media', '1.1.0')
    const waits = 'waits until media 1.0.9 has gone back, which media 1.1.0 supersedes'
    expect([exitCode, out]).toEqual([0, expect.stringContaining(`media 1.1.0: could start now\n  ${waits}\n`)])
  })

  test('forecasts with what the start would learn from history, and shows it', async () => {
    const desk = await aCanaryDesk(undefined, { failing: { aws: 0.01, hetzner: 0.03 } })
    const leaves = [HOSTNAME, '--provider', 'hetzner', '--part', '0']
    await desk.installation.pass(120)
    const { exitCode, out } = await desk.sluice('canary', 'plan', ...leaves, '--json')
    const { learned, forecast } = JSON.parse(out)
    expect([exitCode, learned]).toEqual([
      0,
      [expect.stringMatching(/^tolerated ratio 3\.\d+, learned from 12\d minutes of both arms \(3 % failed beside 1 %\)$/)],
    ])
    // The strategy tolerates half as many again: by it twice as bad would be found.
    const found = forecast.steps[0].fail.map(({ minutes }: { minutes: number | null }) => minutes)
    expect(found).toEqual([null, expect.any(Number), expect.any(Number)])
    await desk.sluice('canary', 'start', ...leaves)
    const { toleratedRatio } = (await desk.installation.canary())?.strategy.judge ?? {}
    expect(learned[0]).toContain(`tolerated ratio ${toleratedRatio}, `)
  })

  describe('that may not ask the judge', () => {
    const seen = 'AccessDeniedException: not authorized to perform: lambda:InvokeFunction'
    const failure = new CommandFailure(3, { code: 'permission', place: 'AWS', seen, allowed: 'a role', mend: 'docs/commands.md' })
    const aDeniedDesk = async (strategy: object = QUICK) => {
      const desk = await aCanaryDesk(aCanaryConfiguration(strategy))
      desk.deniedBy.failure = failure
      return desk
    }

    test('shows the rest, says what was not asked and why in one line, and promises no start', async () => {
      const desk = await aDeniedDesk()
      const { exitCode, out, err } = await desk.sluice('canary', 'plan', 'media', '1.0.9')
      expect([exitCode, err]).toEqual([3, ''])
      expect(out.split('\n').slice(0, 3)).toEqual([
        'media 1.0.9: could start now as far as was asked',
        `  not asked: metrics, health checks, alarms, the error budget and what history teaches: ${seen}`,
        '',
      ])
      expect(out).toMatch(/STEP +REQUESTS\/MIN +PASSES AFTER/)
      const json = JSON.parse((await desk.sluice('canary', 'plan', 'media', '1.0.9', '--json')).out)
      expect(json).toMatchObject({
        verdict: 'unknown',
        reasons: [],
        notAsked: { what: expect.arrayContaining(['alarms']), code: 'permission', seen },
      })
    })

    test('still sees what is stored, and the freeze windows', async () => {
      const always = { name: 'always', start: '2026-01-01T00:00', duration: 'P20D', rrule: 'FREQ=WEEKLY', timeZone: 'UTC' }
      const desk = await aDeniedDesk({ ...QUICK, freezeWindows: [always] })
      const { exitCode, out } = await desk.sluice('canary', 'plan', 'media', '1.0.8')
      expect(exitCode).toBe(1)
      for (const part of ['would be refused', 'it stands there already', 'in the freeze window always', 'not asked: metrics'])
        expect(out).toContain(part)
    })
  })
})

test('the name of an execution says what is shifted, and fits', () => {
  expect(executionName({ service: 'media', version: '1.0.9' }, 2)).toBe('media--1.0.9--2')
  const long = executionName({ hostname: `*.${'a'.repeat(60)}.example.com`, provider: 'hetzner', part: 1 }, 1)
  expect([long.length, long]).toEqual([80, expect.stringMatching(/example\.com--hetzner--1$/)])
})
