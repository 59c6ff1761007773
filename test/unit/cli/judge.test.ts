// sluice judge: replays of CSV and of the journal's records, their objections, and the calibration.
import { describe, expect, test } from 'vitest'
import { replay } from '#canary/judge/replay.ts'
import type { JudgeMinute } from '#model/judge-minute.ts'
import { aConfiguration } from '#test/builders/configuration.ts'
import { judgeSettings, minutes } from '#test/builders/judge.ts'
import { aWorld } from './a-world.ts'

const HEAD = 'minute,canary_requests,canary_failures,control_requests,control_failures'
const CLIENTS = `${HEAD},canary_clients_failing,control_clients_failing`

/** A computer with one file, and no AWS. */
function aComputer(text: string) {
  const openSession = () => Promise.reject(new Error('judge asks nobody'))
  return aWorld(aConfiguration(), { readText: async (path) => (path === 'trace' ? text : undefined), openSession })
}

async function jsonLines(text: string, ...options: string[]) {
  const { exitCode, out } = await aComputer(text).sluice('judge', '--replay', 'trace', '--json', ...options)
  return {
    exitCode,
    lines: out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }
}

/** What the judge function writes, as the journal keeps it. */
function records(all: readonly JudgeMinute[], generation = 1, settings = judgeSettings()): string {
  const verdicts = replay(all, settings)
  return all
    .map((minute, i) =>
      JSON.stringify({ kind: 'judged', at: 1, hostname: 'media.example.com', generation, settings, minute, verdict: verdicts[i] }),
    )
    .join('\n')
}

describe('judge --replay of CSV', () => {
  const TRACE = `${HEAD}\n0,60,2,540,3\n1,60,1,540,2\n2,,,,\n3,60,12,540,1\n4,60,0,540,3\n`

  test('prints the verdict of each minute with its arithmetic, and ends with 0 whatever it is', async () => {
    const { exitCode, out } = await aComputer(TRACE).sluice('judge', '--replay', 'trace')
    expect(exitCode).toBe(0)
    expect(out.split('\n')).toEqual([
      '0  hold        not enough evidence yet; canary 2 failures in 60 requests (3.3 %), control 3 failures in 540 requests (0.56 %), share 10 %; log E 0.93 of 4.61 against it, -0.63 of 3.00 for it',
      expect.stringContaining('1  hold        not enough evidence yet; canary 1 failure in 60 requests'),
      expect.stringContaining('2  noData      no data of either arm; log E'),
      expect.stringContaining('3  fail        the canary is worse than tolerated'),
      expect.stringContaining('4  fail        failed before: the canary is worse'),
      '',
      '5 minutes: failed at 3; now fail.',
      '',
    ])
  })

  test('as JSON Lines has minute, verdict and logE of each minute', async () => {
    const { lines } = await jsonLines(TRACE)
    expect(lines.map(({ minute, verdict }) => [minute, verdict])).toEqual([
      [0, 'hold'],
      [1, 'hold'],
      [2, 'noData'],
      [3, 'fail'],
      [4, 'fail'],
    ])
    expect(lines[2].logE).toBe(lines[1].logE)
  })

  test('is judged by the options', async () => {
    expect((await jsonLines(TRACE, '--alpha', '1e-12')).lines[3]).toMatchObject({ limit: Math.log(1e12), verdict: 'hold' })
    const tolerant = (await jsonLines(TRACE, '--tolerated-ratio', '3')).lines
    expect(tolerant[1].logE).toBeLessThan((await jsonLines(TRACE)).lines[1].logE)
    expect((await jsonLines(TRACE, '--beta', '0.5')).lines[0].passLimit).toBeCloseTo(Math.LN2, 15)
  })

  test('counts clients where they are given, and takes times for minutes', async () => {
    const { lines } = await jsonLines(`${CLIENTS}\r\n2026-03-01T12:00:00Z,60,20,540,3,1,3\r\n2026-03-01T12:01:00Z,60,20,540,3,,\r\n`)
    expect(lines).toMatchObject([
      { minute: '2026-03-01T12:00:00Z', unit: 'clients', canary: { failures: 1 } },
      { minute: '2026-03-01T12:01:00Z', unit: 'requests', canary: { failures: 20 } },
    ])
  })

  test.each([
    ['a count that is none', `${HEAD}\n0,60,x,540,3`, 'trace:2, column canary_failures', '"x"'],
    ['a negative count', `${HEAD}\n0,60,0,-5,3`, 'trace:2, column control_requests', '"-5"'],
    ['more failures than requests', `${HEAD}\n0,60,0,540,3\n1,60,61,540,3`, 'trace:3, column canary_failures', '61, of 60 requests'],
    ['more failing clients than failures', `${CLIENTS}\n0,60,1,540,3,2,3`, 'trace:2, column canary_clients_failing', '2, of 1 failures'],
    ['a cell too few', `${HEAD}\n0,60,0,540`, 'trace:2', '4 cells'],
    ['a minute that is none', `${HEAD}\nnoon,60,0,540,3`, 'trace:2, column minute', '"noon"'],
    ['a minute twice', `${HEAD}\n7,60,0,540,3\n7,60,0,540,3`, 'trace:3, column minute', '7, not after'],
    ['a column that is missing', 'minute,canary_requests\n0,1', 'trace:1', 'without canary_failures, control_requests, control_failures'],
    ['a column that is unknown', `${HEAD},canary_erors\n0,1,0,1,0,0`, 'trace:1', '"canary_erors"'],
    ['no row', `${HEAD}\n`, 'trace:1', 'a header and no row'],
    ['nothing', '', 'trace:1', 'without minute'],
    ['a line that is no JSON', '{"kind":', 'trace:1', 'JSON'],
    ['a minute with a count of the wrong kind', '{"minute":0,"canary":{"requests":"many"}}', 'trace:1, column canary.requests', 'number'],
    ['what `sluice journal --json` prints', '[{"kind":"judged"}]', 'trace:1', 'a JSON array'],
    ['only other records', '{"kind":"applied"}', 'trace:1', 'no judged minute'],
  ])('with %s names the place, and ends with 2', async (_, text, place, seen) => {
    const { exitCode, err } = await aComputer(text).sluice('judge', '--replay', 'trace')
    expect(exitCode).toBe(2)
    expect(err.split('\n')[0]).toBe(`sluice judge: ${place}`)
    expect(err.split('\n')[1]).toContain(seen)
    expect(err).toMatch(/allowed: .+\n {2}mend: {4}.+/)
  })

  test.each([
    ['--alpha', '0'],
    ['--alpha', 'tiny'],
    ['--tolerated-ratio', '0.5'],
    ['--max-ratio', '1'],
    ['--beta', '2'],
    ['--max-failure-ratio', '1'],
    ['--guard-failure-ratio', '-1'],
    ['--window', '60'],
  ])('with %s %s is bad usage', async (option, value) => {
    const { exitCode, err } = await aComputer(TRACE).sluice('judge', '--replay', 'trace', `${option}=${value}`)
    expect(exitCode).toBe(2)
    expect(err).toMatch(new RegExp(`^sluice judge: ${option}\n {2}seen: .*${value}`))
  })

  test('of a file that is not there is bad usage', async () => {
    expect((await aComputer('').sluice('judge', '--replay', 'nowhere')).exitCode).toBe(2)
  })
})

describe("judge --replay of the journal's records", () => {
  const trace = [...minutes(8, { failures: 1 }), { minute: 8 }, ...minutes(3, { failures: 9 }, {}, 9)]

  test('gives each verdict again, bit for bit', async () => {
    const { exitCode, lines } = await jsonLines(`{"kind":"applied"}\n${records(trace)}\n${records(trace, 2)}\n`)
    expect(exitCode).toBe(0)
    expect(lines).toHaveLength(2 * trace.length)
    expect(lines.slice(trace.length).map(({ logE }) => logE)).toEqual(replay(trace, judgeSettings()).map(({ logE }) => logE))
  })

  test('says where the judge said otherwise, and ends with 1', async () => {
    const changed = records(trace).replace('"verdict":"noData"', '"verdict":"pass"')
    const { exitCode, out } = await aComputer(changed).sluice('judge', '--replay', 'trace')
    expect(exitCode).toBe(1)
    expect(out).toContain('\n  judged otherwise at the time: pass, log E ')
    expect(out).toContain(' 1 of them were judged otherwise at the time')
  })

  test('takes the settings of the first minute for all minutes of a canary', async () => {
    const strict = judgeSettings({ alpha: 1e-6 })
    const first = (text: string) => text.replaceAll(/(?<=\n.*)"settings":\{.*?\},(?="minute")/g, '')
    const text = `${first(records(trace, 1, strict))}\n${first(records(trace, 2))}`
    expect(text.match(/"settings"/g)).toHaveLength(2)
    const { exitCode, lines } = await jsonLines(text)
    expect(exitCode).toBe(0)
    expect([lines[1].limit, lines.at(-1).limit]).toEqual([Math.log(1e6), Math.log(100)])
  })

  test('objects to a canary without its beginning, which nobody could judge again', async () => {
    const [, ...middle] = records(trace)
      .replaceAll(/"settings":\{.*?\},(?="minute")/g, '')
      .split('\n')
    const { exitCode, err } = await aComputer(middle.join('\n')).sluice('judge', '--replay', 'trace')
    expect(exitCode).toBe(2)
    expect(err).toMatch(/^sluice judge: trace:1, column settings\n {2}seen: +none: this is not the first minute of generation 1/)
  })

  test('is by other settings when options say so, which is no difference', async () => {
    const { exitCode, lines } = await jsonLines(records(trace), '--alpha', '1e-9')
    expect(exitCode).toBe(0)
    expect(lines[0].limit).toBe(Math.log(1e9))
  })

  test('of plain minutes is by the defaults', async () => {
    expect((await jsonLines(trace.map((minute) => JSON.stringify(minute)).join('\n'))).lines.at(-1)).toMatchObject({ verdict: 'fail' })
  })
})

describe('judge --calibrate', () => {
  /** Forty hours of the same version in both arms; every sixteenth minute one client fails eight times, now and then the canary's. */
  const clumped = [
    CLIENTS,
    ...Array.from({ length: 2400 }, (_, i) => {
      const mine = i % 160 === 0
      return i % 16 === 0 ? `${i},60,${mine ? 8 : 0},540,${mine ? 0 : 8},${mine ? 1 : 0},${mine ? 0 : 1}` : `${i},60,0,540,0,0,0`
    }),
  ].join('\n')

  test('says when raw counts fail it and counts per client do not', async () => {
    const { exitCode, out } = await aComputer(clumped).sluice('judge', '--replay', 'trace', '--calibrate')
    expect(out).toMatch(/\nthe arms as recorded {5}requests +40 +\d+ .* unfit\n/)
    expect(out).toContain('Raw counts fail calibration: failures come in clumps')
    expect(out).toContain('Counted per client they pass.')
    expect(exitCode).toBe(0)
  })

  test('ends with 1 when there is nothing better than raw counts that fail it', async () => {
    const raw = clumped.replaceAll(/,[^,]*,[^,]*$/gm, '')
    const { exitCode, value } = await aComputer(raw).json('judge', '--replay', 'trace', '--calibrate')
    expect(exitCode).toBe(1)
    expect(value).toMatchObject({ judgedBy: 'requests', isFit: false, findings: [{ split: 'recorded', windows: 40, fitness: 'unfit' }] })
  })

  test('of less than one window says that it says nothing', async () => {
    const { exitCode, out } = await aComputer(`${HEAD}\n0,60,0,540,3\n`).sluice('judge', '--replay', 'trace', '--calibrate')
    expect(exitCode).toBe(1)
    expect(out).toContain('shorter than one window')
  })
})
