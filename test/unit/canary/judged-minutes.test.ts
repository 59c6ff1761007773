// What a canary has counted is what the journal says of its minutes, also where two runs of one task judge at the same moment, or one dies.
import { describe, expect, it } from 'vitest'
import { replay } from '#canary/judge/replay.ts'
import { stepCanary } from '#lambdas/canary/step/step-canary.ts'
import type { StepPorts } from '#lambdas/canary/step/step-ports.ts'
import type { StepTask } from '#model/canary-order.ts'
import { aSteadyWorld } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

type World = Awaited<ReturnType<typeof aSteadyWorld>>

/** A canary at its first step, and the task that is to judge its next minutes. */
async function aDueJudgement() {
  const world = await aSteadyWorld()
  await world.start()
  while (((await world.canary())?.judge.counted ?? 0) === 0) await world.pass(1)
  world.kill()
  await world.pass(2)
  const row = await world.row()
  if (row?.canary === undefined) throw new Error('no canary')
  const { hostname, generation, canary } = row
  const answer = { hostname, generation, turn: canary.turn, next: 'Bake' as const, waitSeconds: 0, sentence: '' }
  const task: StepTask = { execution: canary.execution, event: 'judge', canary: answer }
  return { world, task, counted: canary.judge.counted }
}

/** The ports of a run to which CloudWatch answers that everything of the canary fails. */
function whereAllFails({ canaryPorts }: World): StepPorts {
  const judge: StepPorts['judge'] = {
    judge: async (task) => {
      const answer = await canaryPorts.judge.judge(task)
      const minutes = answer.minutes.map(({ minute }) => ({
        ...minute,
        ...(minute.canary === undefined ? {} : { canary: { ...minute.canary, failures: minute.canary.requests } }),
      }))
      const settings = task.settings
      const { judgeMinute } = await import('#canary/judge/judge-minute.ts')
      let { state } = task
      const judged = minutes.map((minute) => {
        const { state: next, verdict } = judgeMinute(state, minute, settings)
        state = next
        return { minute, verdict }
      })
      return { ...answer, state, minutes: judged }
    },
  }
  return { ...canaryPorts, judge }
}

async function expectCountedAsWritten(world: World) {
  const canary = await world.canary()
  const entries = (await world.stores.journal.judged(HOSTNAME)).filter(({ minute }) => minute.minute <= (canary?.judge.minute ?? 0))
  const settings = entries[0]?.settings
  if (settings === undefined) throw new Error('no settings in the first minute')
  const again = replay(
    entries.map(({ minute }) => minute),
    settings,
  )
  expect(entries.map(({ verdict }) => verdict)).toEqual(again)
  expect(canary?.verdict).toEqual(again.at(-1))
  expect(canary?.judge.counted).toBe(again.at(-1)?.counted)
}

describe('replayable: two runs of one task whose metrics were answered differently', () => {
  it('count what the first wrote, though the second takes the row on', async () => {
    const { world, task, counted } = await aDueJudgement()
    const { advance } = world.rows
    let go = () => {}
    const second = new Promise<void>((resolve) => {
      go = resolve
    })
    let hasWritten = () => {}
    const written = new Promise<void>((resolve) => {
      hasWritten = resolve
    })
    const slow: StepPorts['rows'] = {
      get: world.rows.get,
      advance: async (row, revision) => {
        hasWritten()
        await second
        return advance(row, revision)
      },
    }
    const first = stepCanary(task, { ...world.canaryPorts, rows: slow })
    await written
    await stepCanary(task, whereAllFails(world))
    go()
    await first
    expect(await world.canary()).toMatchObject({ judge: { counted: counted + 2 }, phase: 'baking' })
    await expectCountedAsWritten(world)
  })

  it('count what the first wrote, though it died before it took the row on', async () => {
    const { world, task } = await aDueJudgement()
    const dies = { get: world.rows.get, advance: () => Promise.reject(new Error('the invocation died')) }
    await expect(stepCanary(task, { ...whereAllFails(world), rows: dies })).rejects.toThrow('died')
    await stepCanary(task, world.canaryPorts)
    expect((await world.canary())?.verdict).toMatchObject({ verdict: 'fail' })
    await expectCountedAsWritten(world)
  })
})

it('replayable: a run that died after it took the row on has written what it counted', async () => {
  const { world, task, counted } = await aDueJudgement()
  const dies: StepPorts['rows'] = {
    get: world.rows.get,
    advance: async (row, revision) => {
      await world.rows.advance(row, revision)
      throw new Error('the invocation died')
    },
  }
  await expect(stepCanary(task, { ...world.canaryPorts, rows: dies })).rejects.toThrow('died')
  expect((await world.canary())?.judge.counted).toBe(counted + 2)
  await expectCountedAsWritten(world)
})
