// Evaluates many rows on all cores, and gives them in the order in which they were asked for.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Row } from './evaluate.ts'
import type { Task, TaskAnswer } from './worker.ts'

/** @param onRow is called in the order of the tasks, as soon as a row and all before it are there */
export async function evaluateAll(tasks: readonly Task[], onRow: (row: Row, index: number) => void): Promise<Row[]> {
  const rows: (Row | undefined)[] = tasks.map(() => undefined)
  let next = 0
  let told = 0
  const workers = Array.from(
    { length: Math.min(availableParallelism(), tasks.length) },
    () => new Worker(new URL('./worker.ts', import.meta.url)),
  )
  const drain = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      const hand = () => {
        const index = next++
        const task = tasks[index]
        if (task === undefined) resolve()
        else worker.postMessage({ index, task })
      }
      worker.on('error', reject)
      worker.on('message', ({ index, row }: TaskAnswer) => {
        rows[index] = row
        for (let row = rows[told]; row !== undefined; row = rows[told]) onRow(row, told++)
        hand()
      })
      hand()
    })
  try {
    await Promise.all(workers.map(drain))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return rows.flatMap((row) => row ?? [])
}
