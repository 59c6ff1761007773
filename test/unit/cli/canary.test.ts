// The canary commands against the real begin, step and judge: what is started, what is said, and the exit status.
import { describe, expect, test } from 'vitest'
import { executionName } from '#model/execution-name.ts'
import { aCanaryConfiguration, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { AUTHOR, aCanaryDesk } from './a-canary-desk.ts'

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
    expect([desk.started, await desk.installation.row()]).toEqual([[], undefined])
  })

  test('ends with 1 and the reasons that a start would be refused with', async () => {
    const desk = await aCanaryDesk()
    const { exitCode, out } = await desk.sluice('canary', 'plan', 'media', '1.0.8')
    expect([exitCode, out]).toEqual([1, expect.stringContaining('media 1.0.8: would be refused\n  media 1.0.8: it stands there already')])
  })
})

test('the name of an execution says what is shifted, and fits', () => {
  expect(executionName({ service: 'media', version: '1.0.9' }, 2)).toBe('media--1.0.9--2')
  const long = executionName({ hostname: `*.${'a'.repeat(60)}.example.com`, provider: 'hetzner', part: 1 }, 1)
  expect([long.length, long]).toEqual([80, expect.stringMatching(/example\.com--hetzner--1$/)])
})
