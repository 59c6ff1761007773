// sluice explain: why the shares are, or were, what they are.
import type { Command } from 'commander'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { explanationLines } from '#cli/explain/explanation-lines.ts'
import { knownHostname } from '#cli/input/known-names.ts'
import { pastMoment } from '#cli/input/moment.ts'
import { shown } from '#cli/output.ts'
import { decisionAt } from '#cli/status/hostname-status.ts'
import { momentText } from '#cli/text/moment-text.ts'

export function explain(context: Context): Command {
  return stageCommand('explain')
    .summary('explain the decision of a time')
    .description(
      'Shows the decision record: what was measured, what each provider was thought able to serve, the rule that bound its share and the sentence with the numbers. Records are kept for 14 days, one for each tick.',
    )
    .argument('<hostname>', 'the hostname')
    .option('--at <time>', 'the newest decision up to then: 2026-01-31T12:00:00Z, 14:05 on the local clock, or 15m ago; left out: now')
    .addHelpText('after', example('sluice explain media.example.com', 'sluice explain media.example.com --at 14:05'))
    .action((name: string, options: CommonOptions & { readonly at?: string }) =>
      onStage(context, options, async (session, here) => {
        const policy = knownHostname(name, session.configuration)
        const at = options.at === undefined ? undefined : pastMoment(options.at, here())
        const decision = await decisionAt(policy, session.journal, at)
        const asked = at ?? here().now
        if (decision !== undefined)
          return shown({ hostname: policy.hostname, at: asked, decision }, explanationLines(policy.hostname, decision, asked, here()))
        const when = at === undefined ? '' : ` up to ${momentText(at, here())}`
        return shown(
          { hostname: policy.hostname, at: asked, decision: null },
          [
            `Nothing was decided for ${policy.hostname}${when}: records are kept for 14 days, under the providers and bounds of their time.`,
          ],
          EXIT.refused,
        )
      }),
    )
}
