// A computer with an installation in memory: the real rebalance and apply behind the command line, clouds that do as a test says.
import { Answer } from '#cli/answer.ts'
import type { OperatorEvent, Reply, Session } from '#cli/session.ts'
import type { World } from '#cli/world.ts'
import { BadEvent } from '#handler/bad-event.ts'
import { parseEvent } from '#lambdas/rebalance/parse-event.ts'
import { rebalance } from '#lambdas/rebalance/rebalance.ts'
import type { Configuration } from '#model/configuration.ts'
import { aConfiguration } from '#test/builders/configuration.ts'
import { AUTHOR, aController } from '#test/builders/controller.ts'
import { aTerminal } from './a-terminal.ts'

/** Canaries have a world of their own: `a-canary-desk.ts`. */
const noCanary = () => Promise.reject(new Error('no canary in this world'))

export function aWorld(configuration: Configuration = aConfiguration(), more: Partial<World> = {}) {
  const controller = aController(configuration)
  const { zone, clouds, records, overrides, goodPlans, journal, splits, ports } = controller
  const events: OperatorEvent[] = []
  const session: Session = {
    stage: configuration.stage,
    region: 'us-east-1',
    configuration,
    ...{ records, overrides, goodPlans, journal, rows: splits },
    canaries: { start: noCanary, look: noCanary },
    order: noCanary,
    preflight: noCanary,
    author: async () => AUTHOR,
    nowSeconds: controller.now,
    // Through JSON both ways, as over the wire.
    rebalance: async (event): Promise<Reply> => {
      events.push(event)
      try {
        const report = await rebalance(parseEvent(JSON.parse(JSON.stringify(event))), ports)
        return { kind: 'answered', answer: Answer.parse(JSON.parse(JSON.stringify(report))) }
      } catch (error) {
        if (error instanceof BadEvent) return { kind: 'refused', objections: error.message.split('\n') }
        throw error
      }
    },
  }
  return {
    ...{ zone, clouds, events, session, journal, goodPlans, tick: controller.tick, sleep: controller.sleep },
    ...aTerminal(session, more),
  }
}
