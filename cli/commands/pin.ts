// sluice pin and unpin: holds the shares of a hostname, and lets the signals decide again.
import type { Command } from 'commander'
import { ask } from '#cli/ask.ts'
import { type ChangeOptions, type LastingOptions, withLife, withReason } from '#cli/change-options.ts'
import { type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { lifeOf } from '#cli/input/duration.ts'
import { knownHostname } from '#cli/input/known-names.ts'
import { parseShares } from '#cli/input/shares.ts'
import { momentText } from '#cli/text/moment-text.ts'
import { sharesText } from '#cli/text/override-text.ts'

export function pin(context: Context): Command {
  return withLife(stageCommand('pin'))
    .summary('hold the shares of a hostname')
    .description(
      'The shares are held as far as capacity and health allow: a provider that is down gets nothing, and nobody gets more than fits. Providers that are left out get 0.',
    )
    .argument('<hostname>', 'the hostname')
    .argument('<shares...>', 'PROVIDER=SHARE from 0 to 1 or in percent; together 1')
    .addHelpText('after', example('sluice pin media.example.com aws=.7 hetzner=.3 --reason "sale" --for 6h'))
    .action((name: string, words: string[], options: LastingOptions) =>
      onStage(context, options, async (session, here) => {
        const policy = knownHostname(name, session.configuration)
        const shares = parseShares(words, policy)
        const expiresAt = session.nowSeconds() + lifeOf(options.for)
        return ask(session, {
          request: { action: 'pin', hostname: policy.hostname, shares, reason: options.reason, expiresAt },
          isDryRun: options.dryRun === true,
          headline: `${policy.hostname} is pinned at ${sharesText(shares)} until ${momentText(expiresAt, here())}`,
          concerned: [policy],
        })
      }),
    )
}

export function unpin(context: Context): Command {
  return withReason(stageCommand('unpin'))
    .summary('end a pin, and so a rollback')
    .description('The signals decide again. Ends with 1 when the hostname is not pinned.')
    .argument('<hostname>', 'the hostname')
    .addHelpText('after', example('sluice unpin media.example.com --reason "sale over"'))
    .action((name: string, options: ChangeOptions) =>
      onStage(context, options, (session) => {
        const policy = knownHostname(name, session.configuration)
        return ask(session, {
          request: { action: 'unpin', hostname: policy.hostname, reason: options.reason },
          isDryRun: options.dryRun === true,
          headline: `${policy.hostname} is no longer pinned`,
          concerned: [policy],
        })
      }),
    )
}
