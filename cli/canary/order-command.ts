// sluice canary approve, hold, resume, promote, abort, revert: an operator's word to the canary that holds a hostname.
import type { Command } from 'commander'
import { type ChangeOptions, reasonOf } from '#cli/change-options.ts'
import { type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { knownHostname } from '#cli/input/known-names.ts'
import { type Output, shown } from '#cli/output.ts'
import type { Session } from '#cli/session.ts'
import type { CANARY_ACTIONS } from '#model/canary-order.ts'

/** `died` is for reconcile to say. */
type OperatorAction = Exclude<(typeof CANARY_ACTIONS)[number], 'died'>

const TEXTS: Readonly<Record<OperatorAction, readonly [summary: string, description: string, why: string]>> = {
  approve: ['open the gate of the step', 'The canary goes on when its data allow. Ends a hold, too.', 'looks good'],
  hold: [
    'keep a canary at its step',
    'Nothing advances and no minute counts until `resume`, `approve` or `abort`. What fails is still rolled back.',
    'meeting',
  ],
  resume: ['end a hold', 'The judge and the clock of the step go on.', 'meeting over'],
  promote: [
    'go to 100 % without waiting for a pass',
    'At the next tick that has data. A canary that has failed, or whose hostname failover has, is not promoted.',
    'verified by hand',
  ],
  abort: [
    'go back to the stable shares, at once',
    'Restores the shares under a new generation in one change of the records; nothing that was planned before can be written any more. Not when the stable side is down: then everything stays as it is.',
    'customers complain',
  ],
  revert: [
    'bring the version before back, after the end',
    'For revertMinutes of the strategy after a promotion: the version before gets all of the traffic in one change. Refused while every health check of that version is red.',
    'memory leak',
  ],
}

export function canaryOrders(context: Context): Command[] {
  return (Object.keys(TEXTS) as OperatorAction[]).map((action) => {
    const [summary, description, why] = TEXTS[action]
    return stageCommand(action)
      .summary(summary)
      .description(`${description} Ends with 1 when it is refused, or there is nothing to ${action}.`)
      .argument('<hostname>', 'the hostname that the canary holds')
      .requiredOption('--reason <text>', 'why; it stands in the journal', reasonOf)
      .addHelpText('after', example(`sluice canary ${action} media.example.com --reason "${why}"`))
      .action((name: string, options: ChangeOptions) =>
        onStage(context, options, (session) => say(session, action, knownHostname(name, session.configuration).hostname, options.reason)),
      )
  })
}

async function say(session: Session, action: OperatorAction, hostname: string, reason: string): Promise<Output> {
  // The author first: his identity comes with the service's time, which becomes that of the order.
  const author = await session.author()
  const reply = await session.order({ action, time: session.nowSeconds(), author, reason, hostname })
  const json = { stage: session.stage, action, hostname, author, reason, ...reply }
  if (reply.kind === 'refused')
    return shown(
      json,
      reply.objections.map((text) => `Refused: ${text.replace(/^event(\.\w+)*: /, '')}`),
      EXIT.refused,
    )
  const { sentence, generation, isRefused } = reply.answer
  if (isRefused === true) return shown(json, [`Refused: ${sentence}`], EXIT.refused)
  return shown(json, [`${hostname}: ${sentence || `${action} is noted`}, generation ${generation}.`])
}
