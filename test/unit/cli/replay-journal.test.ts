// The way of a judged minute: step writes it into the journal, `sluice journal --judged` prints it, `sluice judge --replay` judges it again.
import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '#model/journal-entry.ts'
import { aCanaryConfiguration, EXECUTION, QUICK, type Traffic } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aCanaryDesk } from './a-canary-desk.ts'

type Judged = Extract<JournalEntry, { kind: 'judged' }>

const CAREFUL = aCanaryConfiguration({
  ...QUICK,
  judge: {
    toleratedRatio: 1.5,
    maxFailureRatio: 0.02,
    guardFailureRatio: 0.2,
    metrics: [{ kind: 'failures' }, { kind: 'latency', edgesSeconds: [0.2, 1] }],
  },
})
const ORDINARY = [
  { seconds: 0.1, part: 0.97 },
  { seconds: 0.5, part: 0.02 },
  { seconds: 2, part: 0.01 },
]
const LATENCY: Traffic['latency'] = { '1.0.8': ORDINARY, '1.0.9': ORDINARY }

async function aDesk(traffic: Partial<Traffic> = {}) {
  let file = ''
  const desk = await aCanaryDesk(CAREFUL, { latency: LATENCY, ...traffic }, { readText: async () => file })
  const judged = () => desk.installation.stores.journal.all.filter((entry): entry is Judged => entry.kind === 'judged')
  return {
    ...desk,
    judged,
    /** The journal to a file, and the file to the judge. */
    replay: async (...options: string[]) => {
      file = (await desk.sluice('journal', HOSTNAME, '--judged')).out
      const { exitCode, out, err } = await desk.sluice('judge', '--replay', 'judged.jsonl', '--json', ...options)
      return {
        exitCode,
        err,
        file,
        verdicts: out
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
      }
    },
  }
}

describe('a replay of the journal that step wrote', () => {
  it('replayable: gives each verdict of two canaries again, bit for bit', async () => {
    const { installation, replay, judged } = await aDesk()
    await installation.start()
    await installation.pass(8)
    // Some of it silent, some of it while failover has the hostname: no data, and not judged.
    installation.flow.silent = true
    await installation.pass(3)
    installation.flow.silent = false
    installation.clouds.hetzner = { ...installation.clouds.hetzner, isRed: true }
    await installation.pass(6)
    installation.clouds.hetzner = { ...installation.clouds.hetzner, isRed: false }
    installation.flow.failing = { '1.0.9': 0.03 }
    await installation.untilDone()
    installation.flow.failing = {}
    await installation.pass(10)
    await installation.start(undefined, `${EXECUTION}-2`)
    await installation.untilDone(600, `${EXECUTION}-2`)

    const { exitCode, err, verdicts } = await replay()
    expect([exitCode, err]).toEqual([0, ''])
    const then = judged()
    expect([...new Set(then.map(({ verdict }) => verdict.verdict))].toSorted()).toEqual(['fail', 'hold', 'noData', 'pass'])
    expect(new Set(then.map(({ generation }) => generation)).size).toBe(2)
    expect(verdicts).toEqual(
      then.map(({ verdict, generation, minute }) => ({ ...verdict, minute: minute.minute, hostname: HOSTNAME, generation })),
    )
  })

  it('replayable: after a crash between the journal and the row no minute is missing, and none is there twice', async () => {
    const { installation, replay, judged } = await aDesk()
    await installation.start()
    await installation.pass(6)
    const { advance } = installation.canaryPorts.rows
    for (const isWritten of [false, true]) {
      const before = judged().length
      Object.assign(installation.canaryPorts.rows, {
        advance: async (...of: Parameters<typeof advance>) => {
          if (isWritten) await advance(...of)
          throw new Error('the function was killed')
        },
      })
      await expect(installation.pass(1)).rejects.toThrow('killed')
      Object.assign(installation.canaryPorts.rows, { advance })
      await installation.pass(2)
      expect(judged().length).toBeGreaterThan(before)
    }
    await installation.untilDone()
    const minutes = judged().map(({ minute }) => minute.minute)
    expect(minutes).toEqual([...new Set(minutes)].toSorted((a, b) => a - b))
    const counted = judged().filter(({ verdict }) => verdict.isCounted).length
    expect(counted).toBe((await installation.canary())?.judge.counted)
    expect((await replay()).exitCode).toBe(0)
  })
})
