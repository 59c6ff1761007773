// Evaluates what it is handed, one row at a time, so that every core of the computer has something to do.
import { parentPort } from 'node:worker_threads'
import { competitors } from './controllers/competitors.ts'
import { evaluate, type Row } from './evaluate.ts'
import type { Scenario, Timing } from './scenario.ts'

/** One row to be evaluated; `controllers` by name, `phases` all unless told. */
export type Task = {
  readonly scenario: Scenario
  readonly timing: Timing
  readonly controllers: readonly string[]
  readonly phases?: readonly number[] | undefined
}

export type TaskAnswer = { readonly index: number; readonly row: Row }

parentPort?.on('message', ({ index, task }: { index: number; task: Task }) => {
  const chosen = competitors.filter(({ name }) => task.controllers.includes(name))
  const row = evaluate(task.scenario, task.timing, chosen, task.phases)
  parentPort?.postMessage({ index, row } satisfies TaskAnswer)
})
