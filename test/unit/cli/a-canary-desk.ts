// The command line in front of a canary on fakes: the real begin, step and judge, and a machine that follows what they answer.
import type { CommandFailure } from '#cli/failure.ts'
import type { Session } from '#cli/session.ts'
import type { World } from '#cli/world.ts'
import { BadEvent } from '#handler/bad-event.ts'
import { stepCanary } from '#lambdas/canary/step/step-canary.ts'
import { CanaryOrder, type CanaryStart, PreflightAnswer, PreflightTask, TaskAnswer } from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import { executionName } from '#model/execution-name.ts'
import { aSteadyWorld, type Traffic } from '#test/builders/canary-world.ts'
import { AUTHOR } from '#test/builders/controller.ts'
import { aTerminal } from './a-terminal.ts'

export async function aCanaryDesk(configuration?: Configuration, traffic?: Partial<Traffic>, more: Partial<World> = {}) {
  const installation = await aSteadyWorld(configuration, traffic)
  const started: CanaryStart[] = []
  /** Why the judge cannot be asked. */
  const deniedBy: { failure?: CommandFailure } = {}
  const ended = new Map<string, TaskAnswer>()
  const loaded = await installation.ports.configuration.load()
  const session: Session = {
    ...{ stage: loaded.stage, region: 'us-east-1', configuration: loaded },
    ...{ ...installation.stores, rows: installation.rows },
    rebalance: () => Promise.reject(new Error('the canary commands ask another function')),
    author: async () => AUTHOR,
    nowSeconds: installation.now,
    canaries: {
      start: async (start) => {
        started.push(start)
        const execution = `arn:aws:states:us-east-1:123456789012:execution:sluice-test-canary:${executionName(start, started.length)}`
        const answer = await installation.start(JSON.parse(JSON.stringify(start)), execution)
        if (answer.next === 'Done') ended.set(execution, answer)
        return execution
      },
      look: async (execution) => {
        const answer = ended.get(execution)
        return { status: answer === undefined ? 'RUNNING' : 'ended', answer, failure: undefined }
      },
    },
    preflight: async (task) => {
      if (deniedBy.failure !== undefined) return { kind: 'notAsked', failure: deniedBy.failure }
      const found = await installation.beginPorts.preflight.preflight(PreflightTask.parse(JSON.parse(JSON.stringify(task))))
      return { kind: 'answered', answer: PreflightAnswer.parse(found) }
    },
    order: async (order) => {
      try {
        const answer = await stepCanary(CanaryOrder.parse(JSON.parse(JSON.stringify(order))), installation.canaryPorts)
        return { kind: 'answered', answer: TaskAnswer.parse(JSON.parse(JSON.stringify(answer))) }
      } catch (error) {
        if (error instanceof BadEvent) return { kind: 'refused', objections: error.message.split('\n') }
        throw error
      }
    },
  }
  const terminal = aTerminal(session, {
    openCatalog: () => Promise.reject(new Error('the canary commands ask no catalog')),
    // Who watches lets the installation go on.
    pause: async () => installation.pass(1, (await installation.canary())?.execution),
    ...more,
  })
  return { installation, started, deniedBy, sluice: terminal.sluice }
}
