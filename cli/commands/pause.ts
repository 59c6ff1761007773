// sluice pause and resume: stops writes that signals drive, and lets them go on.
import type { Command } from 'commander'
import { ask } from '#cli/ask.ts'
import { type ChangeOptions, type LastingOptions, withLife, withReason } from '#cli/change-options.ts'
import { type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { lifeOf } from '#cli/input/duration.ts'
import { hostnameOrAll } from '#cli/input/known-names.ts'
import { momentText } from '#cli/text/moment-text.ts'
import { ALL_HOSTNAMES } from '#model/override.ts'

const HOSTNAME = 'the hostname; left out: all of the stage'

export function pause(context: Context): Command {
  return withLife(stageCommand('pause'))
    .summary('stop the writes that signals drive')
    .description(
      'Decisions go on and are shown, but only operators and rollbacks write. Route 53 withholds what its health checks see red all the same.',
    )
    .argument('[hostname]', HOSTNAME)
    .addHelpText('after', example('sluice pause --reason "migration of the zone" --for 45m'))
    .action((name: string | undefined, options: LastingOptions) =>
      onStage(context, options, async (session, here) => {
        const hostname = hostnameOrAll(name, session.configuration)
        const expiresAt = session.nowSeconds() + lifeOf(options.for)
        return ask(session, {
          request: { action: 'pause', hostname, reason: options.reason, expiresAt },
          isDryRun: options.dryRun === true,
          headline: `${subject(hostname)} paused until ${momentText(expiresAt, here())}`,
          // What a pause holds back is refused from now on, as it was asked.
          concerned: [],
        })
      }),
    )
}

export function resume(context: Context): Command {
  return withReason(stageCommand('resume'))
    .summary('end a pause')
    .description(
      'A pause of all and a pause of one hostname are two things: `resume` ends the former, `resume HOSTNAME` the latter. Ends with 1 when there is no such pause.',
    )
    .argument('[hostname]', HOSTNAME)
    .addHelpText('after', example('sluice resume --reason "zone migrated"'))
    .action((name: string | undefined, options: ChangeOptions) =>
      onStage(context, options, (session) => {
        const hostname = hostnameOrAll(name, session.configuration)
        return ask(session, {
          request: { action: 'resume', hostname, reason: options.reason },
          isDryRun: options.dryRun === true,
          headline: `${subject(hostname)} no longer paused`,
          concerned: session.configuration.hostnames.filter((policy) => hostname === ALL_HOSTNAMES || policy.hostname === hostname),
        })
      }),
    )
}

function subject(hostname: string): string {
  return hostname === ALL_HOSTNAMES ? 'all hostnames are' : `${hostname} is`
}
