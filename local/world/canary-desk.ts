// A person at the canaries: starts executions, gives orders to the product's own function, and stops executions from outside.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn'
import { stepfunctionsCanaries } from '#adapters/aws/stepfunctions-canaries.ts'
import type { LocalClock } from '#local/clock/local-clock.ts'
import type { ControlRow } from '#model/canary.ts'
import type { CanaryOrder, CanaryStart } from '#model/canary-order.ts'
import { clientSettings } from './client-settings.ts'
import { errorMessage } from './operator.ts'

export type CanaryDeskOptions = {
  readonly endpoint: string
  readonly region: string
  /** Undefined where there is no controller. */
  readonly canary: { readonly machine: string; readonly step: string } | undefined
  readonly clock: Pick<LocalClock, 'nowSeconds' | 'sleep'>
  readonly rows: () => Promise<readonly ControlRow[]>
}

export interface CanaryDesk {
  /** Waits until begin has answered. @returns its sentence @throws Error with the reasons when it refused */
  start(start: CanaryStart): Promise<string>
  /** @returns the sentence the function answers @throws Error with what it objects to */
  order(order: Pick<CanaryOrder, 'action' | 'hostname' | 'author' | 'reason'>): Promise<string>
  /** Ends the execution that holds the hostname, as somebody would on the console. */
  stopExecution(hostname: string): Promise<void>
  close(): void
}

const LOOK_SECONDS = 2
/** A start that supersedes another waits until that one has gone back. */
const PATIENCE_SECONDS = 900

export function createCanaryDesk({ endpoint, region, canary, clock, rows }: CanaryDeskOptions): CanaryDesk {
  const settings = clientSettings(endpoint, region)
  const sfn = new SFNClient(settings)
  const lambda = new LambdaClient(settings)
  const names = () => {
    if (canary === undefined) throw new Error('there is no controller that could run a canary')
    return canary
  }

  return {
    async start(start) {
      const executions = stepfunctionsCanaries(sfn, names().machine)
      const execution = await executions.start(start)
      const deadline = clock.nowSeconds() + PATIENCE_SECONDS
      while (clock.nowSeconds() < deadline) {
        const held = (await rows()).find((row) => row.canary?.execution === execution)
        if (held !== undefined) return `${start.author ?? 'somebody'} starts a canary: generation ${held.generation}`
        const { status, answer, failure } = await executions.look(execution)
        if (status === 'ended') throw new Error(answer?.sentence ?? failure ?? 'the execution has ended')
        await clock.sleep(LOOK_SECONDS)
      }
      throw new Error(`begin has not answered within ${PATIENCE_SECONDS} s`)
    },
    async order(order) {
      const event: CanaryOrder = { ...order, time: clock.nowSeconds() }
      const answer = await lambda.send(new InvokeCommand({ FunctionName: names().step, Payload: JSON.stringify(event) }))
      const payload = new TextDecoder().decode(answer.Payload)
      if (answer.FunctionError !== undefined) throw new Error(errorMessage(payload))
      return `${order.author} says ${order.action}: ${order.reason}`
    },
    async stopExecution(hostname) {
      const row = (await rows()).find((one) => one.hostname === hostname)
      if (row?.canary === undefined) throw new Error(`no canary of ${hostname} has an execution`)
      await sfn.send(new StopExecutionCommand({ executionArn: row.canary.execution, error: 'Stopped', cause: 'by a person' }))
    },
    close() {
      sfn.destroy()
      lambda.destroy()
    },
  }
}
