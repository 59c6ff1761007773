// sluice drain and undrain: takes all traffic off a provider, and gives it back.
import type { Command } from 'commander'
import { ask } from '#cli/ask.ts'
import { type ChangeOptions, type LastingOptions, withLife, withReason } from '#cli/change-options.ts'
import { type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { lifeOf } from '#cli/input/duration.ts'
import { knownProvider } from '#cli/input/known-names.ts'
import { momentText } from '#cli/text/moment-text.ts'
import type { Configuration } from '#model/configuration.ts'

const PROVIDER = 'its name in sluice.yaml'

export function drain(context: Context): Command {
  return withLife(stageCommand('drain'))
    .summary('take all traffic off a provider')
    .description(
      'The share of the provider falls to 0 at every hostname, at once and whatever the signals say, until the time is over or `sluice undrain`.',
    )
    .argument('<provider>', PROVIDER)
    .addHelpText('after', example('sluice drain hetzner --reason "kernel update" --for 2h'))
    .action((name: string, options: LastingOptions) =>
      onStage(context, options, async (session, here) => {
        const provider = knownProvider(name, session.configuration)
        const expiresAt = session.nowSeconds() + lifeOf(options.for)
        return ask(session, {
          request: { action: 'drain', provider, reason: options.reason, expiresAt },
          isDryRun: options.dryRun === true,
          headline: `${provider} is drained until ${momentText(expiresAt, here())}`,
          concerned: hostnamesOf(provider, session.configuration),
        })
      }),
    )
}

export function undrain(context: Context): Command {
  return withReason(stageCommand('undrain'))
    .summary('end a drain')
    .description('The signals decide its share again. Ends with 1 when it is not drained.')
    .argument('<provider>', PROVIDER)
    .addHelpText('after', example('sluice undrain hetzner --reason "update done"'))
    .action((name: string, options: ChangeOptions) =>
      onStage(context, options, (session) => {
        const provider = knownProvider(name, session.configuration)
        return ask(session, {
          request: { action: 'undrain', provider, reason: options.reason },
          isDryRun: options.dryRun === true,
          headline: `${provider} is no longer drained`,
          concerned: hostnamesOf(provider, session.configuration),
        })
      }),
    )
}

function hostnamesOf(provider: string, { hostnames }: Configuration) {
  return hostnames.filter(({ providers }) => providers.some((bounds) => bounds.provider === provider))
}
