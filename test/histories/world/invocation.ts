// One run of a function: every port call is a place where it can die, stop, or let another run go first.
import type { Fate } from '../history.ts'

export type Invocation = {
  readonly id: number
  readonly label: string
  /** Epoch seconds: when its handler looks at the clock, which it does once it has the configuration. */
  startedAt: number
  state: 'running' | 'paused' | 'ended' | 'crashed' | 'failed'
  /** Why it failed: what the code itself threw. */
  error: unknown
  fate: Fate
  /** Stops before every port call, so that a race can say who goes next. */
  isStepwise: boolean
  calls: number
  readonly waiting: (() => void)[]
  paused: () => void
  done: Promise<void>
}

class Crash extends Error {
  override readonly name = 'Crash'
}

/** @param body given the invocation, so that its ports can call `enter` and `leave` */
export function startInvocation(
  about: Pick<Invocation, 'id' | 'label' | 'startedAt' | 'fate' | 'isStepwise'>,
  body: (invocation: Invocation) => Promise<void>,
): Invocation {
  const invocation: Invocation = {
    ...about,
    state: 'running',
    error: undefined,
    calls: 0,
    waiting: [],
    paused: () => {},
    done: Promise.resolve(),
  }
  invocation.done = body(invocation).then(
    () => {
      invocation.state = 'ended'
    },
    (error: unknown) => {
      invocation.state = error instanceof Crash ? 'crashed' : 'failed'
      invocation.error = error
    },
  )
  return invocation
}

/** Around one port call. @throws Crash where the fate says so */
export async function through<T>(invocation: Invocation, call: string, effect: () => Promise<T>): Promise<T> {
  const number = invocation.calls++
  const { fate } = invocation
  const isHere = fate.kind !== 'whole' && (fate.at === number || fate.at === call)
  if (invocation.isStepwise || (isHere && fate.kind === 'pause')) {
    await new Promise<void>((go) => {
      invocation.waiting.push(go)
      invocation.state = 'paused'
      invocation.paused()
    })
  }
  // Another branch of the same run may have died meanwhile: the dead have no effect.
  if (invocation.state === 'crashed') throw new Crash()
  if (isHere && fate.kind === 'crash' && !fate.isAfter) die(invocation)
  const answer = await effect()
  if (isHere && fate.kind === 'crash') die(invocation)
  return answer
}

function die(invocation: Invocation): never {
  invocation.state = 'crashed'
  throw new Crash()
}

/** Until it ends or stops. */
export async function run(invocation: Invocation): Promise<void> {
  if (invocation.fate.kind === 'pause') {
    const paused = new Promise<void>((resolve) => {
      invocation.paused = resolve
    })
    // It may have stopped at its first call, before anybody waited for that.
    if (invocation.waiting.length === 0) await Promise.race([invocation.done, paused])
    await settled()
    return
  }
  await invocation.done
}

/** One port call further, or to the end. */
export async function oneCall(invocation: Invocation): Promise<void> {
  release(invocation)
  await settled()
}

/** Goes on under another fate; its calls are counted from here. */
export async function resume(invocation: Invocation, fate: Fate): Promise<void> {
  invocation.fate = fate
  invocation.isStepwise = false
  invocation.calls = 0
  const running = run(invocation)
  while (invocation.waiting.length > 0) release(invocation)
  await running
}

function release(invocation: Invocation): void {
  invocation.state = 'running'
  invocation.waiting.shift()?.()
  if (invocation.waiting.length > 0) invocation.state = 'paused'
}

/** Everything that can go on without an outside event has gone on: promise jobs run before the next turn of the loop. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
