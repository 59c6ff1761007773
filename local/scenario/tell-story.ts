// Runs one story in a process of its own, as `npm start -- --scenario NAME --once` does, and keeps what it told at its end.
import { spawn } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { StoryEnding } from './story-ending.ts'

export type Told = {
  readonly name: string
  readonly isControlled: boolean
  readonly code: number
  /** Real seconds, start and end of the system included. */
  readonly seconds: number
  /** Undefined when it ended before its story did. */
  readonly ending: StoryEnding | undefined
  /** At the speed the story says, not one that was asked for. */
  readonly isOwnSpeed: boolean
  /** The computer had far more to do than the story, which waits for it then: its seconds say nothing. */
  readonly isBusy: boolean
}

/** Runnable threads per core over the last minute; a story alone keeps about one busy. */
const BUSY_LOAD = 2

export type TellOptions = { readonly name: string; readonly isControlled: boolean; readonly speed?: number | undefined }

const START = fileURLToPath(new URL('../start.js', import.meta.url))

export async function tellStory({ name, isControlled, speed }: TellOptions): Promise<Told> {
  const startedAt = performance.now()
  const flags = [...(isControlled ? [] : ['--without', 'rebalance']), ...(speed === undefined ? [] : ['--speed', String(speed)])]
  const child = spawn(process.execPath, [START, '--scenario', name, '--once', ...flags], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  let ending: StoryEnding | undefined
  child.on('message', (message) => {
    ending = message as StoryEnding
  })
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  const isBusy = (loadavg()[0] ?? 0) / availableParallelism() > BUSY_LOAD
  return {
    name,
    isControlled,
    code,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    ending,
    isOwnSpeed: speed === undefined,
    isBusy,
  }
}
