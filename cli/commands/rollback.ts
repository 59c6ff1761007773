// sluice rollback: the last good plan comes back in one write that needs no signal and no planner.
import type { Command } from 'commander'
import { ask } from '#cli/ask.ts'
import { type LastingOptions, withUsualLife } from '#cli/change-options.ts'
import { type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { lifeOf } from '#cli/input/duration.ts'
import { knownHostname } from '#cli/input/known-names.ts'
import { momentText } from '#cli/text/moment-text.ts'

/** A night: by then somebody has found out why. */
const USUAL_LIFE = '12h'

export function rollback(context: Context): Command {
  return withUsualLife(stageCommand('rollback'), USUAL_LIFE)
    .summary('bring the last good plan of a hostname back')
    .description(
      'Writes the newest earlier records that stayed in sync while every provider served, and pins them until the time is over or `sluice unpin`. It needs no signal. Ends with 1 when there is no such plan or it could not be pinned, and with 6 when it is pinned but Route 53 has not taken it yet: the next tick writes it.',
    )
    .argument('<hostname>', 'the hostname')
    .addHelpText('after', example('sluice rollback media.example.com --reason "shares went wrong after the deployment"'))
    .action((name: string, options: LastingOptions) =>
      onStage(context, options, async (session, here) => {
        const policy = knownHostname(name, session.configuration)
        const expiresAt = session.nowSeconds() + lifeOf(options.for)
        return ask(session, {
          request: { action: 'rollback', hostname: policy.hostname, reason: options.reason, expiresAt },
          isDryRun: options.dryRun === true,
          headline: `${policy.hostname} is rolled back and pinned until ${momentText(expiresAt, here())}`,
          storedHeadline: `${policy.hostname} is pinned to its last good plan until ${momentText(expiresAt, here())}`,
          concerned: [policy],
        })
      }),
    )
}
