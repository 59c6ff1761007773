// Two or three runs at once: before every port call somebody says who goes next, and the clock may stand between a check and its write.
import type { Runner, Step } from '../history.ts'
import { settled } from './invocation.ts'
import { operatorEvent } from './operator-event.ts'
import type { Run } from './run.ts'
import { carryOnOneCall, startSweep, startTick } from './start-run.ts'
import { advance, type World } from './world.ts'

/** Longer than any run is: a race that does not end would be a loop in the code under test. */
const MOST_CALLS = 500

/** @returns the number of runs */
export async function race(world: World, { runners, order, pauseAt, pauseSeconds }: Extract<Step, { kind: 'race' }>): Promise<number> {
  const runs: Run[] = []
  for (const runner of runners) runs.push(await begin(world, runner))
  await settled()
  for (let turn = 0; turn < MOST_CALLS; turn++) {
    const waiting = runs.filter(({ invocation }) => invocation.state === 'paused')
    const next = waiting[(order[turn % Math.max(1, order.length)] ?? 0) % Math.max(1, waiting.length)]
    if (next === undefined || world.violation !== undefined) return runs.length
    if (turn === pauseAt) advance(world, pauseSeconds)
    await carryOnOneCall(world, next)
  }
  throw new Error(`a race of ${runs.length} runs has not ended after ${MOST_CALLS} port calls`)
}

function begin(world: World, runner: Runner): Promise<Run> {
  const how = { isStepwise: true }
  switch (runner.kind) {
    case 'tick':
      return startTick(world, { source: 'schedule', time: world.nowSeconds }, how)
    case 'sweep':
      return startSweep(world, how)
    case 'operator':
      return startTick(world, operatorEvent(world, runner.wish), how)
  }
}
