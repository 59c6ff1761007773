// The machine of the canary as its definition runs it: tasks until the next wait, retries, a Catch that leads to Rollback, and the event of an end.
import { endCanaryOf, endDeadCanaries } from '#lambdas/reconcile/end-canaries.ts'
import { EVENT_OF, type MachineEvent } from '#test/builders/canary-world.ts'
import type { CanaryWorld, Execution } from './world.ts'

const ATTEMPTS = 3
/** The way back and the end are tried for about a quarter of an hour. */
const PATIENT_ATTEMPTS = 15

/** Tasks until the next wait, or until one dies: that one is tried again in the next minute. */
export async function runDue(world: CanaryWorld, execution: Execution): Promise<void> {
  while (execution.state === 'running' && world.now() >= execution.dueAt && world.state.violation === undefined) {
    const event = eventOf(execution)
    const task =
      event === 'begin'
        ? undefined
        : { execution: execution.arn, event, ...(execution.answer === undefined ? {} : { canary: execution.answer }) }
    try {
      execution.answer = task === undefined ? await world.begin(execution) : await world.invoke(task)
      if (task !== undefined) execution.past.push(task)
    } catch {
      await failed(world, execution, event)
      return
    }
    Object.assign(execution, { caught: false, attempts: 0 })
    const { next, waitSeconds } = execution.answer
    if (next === 'Done') execution.state = 'done'
    if (next === 'Begin' || next === 'Settle' || next === 'Bake') execution.dueAt = world.now() + waitSeconds
  }
}

function eventOf({ answer, caught }: Execution): MachineEvent | 'begin' {
  if (answer === undefined) return 'begin'
  if (caught || answer.next === 'Done') return 'rollback'
  return answer.next === 'Begin' ? 'begin' : EVENT_OF[answer.next]
}

async function failed(world: CanaryWorld, execution: Execution, event: MachineEvent | 'begin'): Promise<void> {
  execution.attempts++
  execution.dueAt = world.now() + 1
  const isLast = event === 'rollback' || event === 'finish'
  if (execution.attempts < (isLast ? PATIENT_ATTEMPTS : ATTEMPTS)) return
  execution.attempts = 0
  if (!isLast && event !== 'begin') {
    execution.caught = true
    return
  }
  execution.state = 'failed'
  world.count('executions failed')
  await tellEnd(world, execution)
}

/** Reconcile hears of the end and restores what stood; where it cannot, the sweep comes back to it. */
export async function tellEnd(world: CanaryWorld, { arn }: Execution): Promise<void> {
  await endCanaryOf({ execution: arn, how: 'ABORTED: a history' }, endPorts(world)).catch(() => undefined)
}

export async function sweep(world: CanaryWorld): Promise<void> {
  await endDeadCanaries(endPorts(world)).catch(() => undefined)
}

function endPorts(world: CanaryWorld): Parameters<typeof endDeadCanaries>[0] {
  return {
    rows: world.base.rows,
    executions: {
      endOf: async (arn) => {
        const found = world.executions.find((one) => one.arn === arn)
        return found === undefined || found.state !== 'running' ? 'ABORTED: a history' : undefined
      },
    },
    order: async ({ action, ...more }) => void (await world.order(action, more)),
    clock: { nowSeconds: world.now },
  }
}
