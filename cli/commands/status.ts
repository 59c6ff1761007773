// sluice status: how every hostname stands.
import type { Command } from 'commander'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { knownHostnames } from '#cli/input/known-names.ts'
import { paragraphs, shown } from '#cli/output.ts'
import { statusOf } from '#cli/status/hostname-status.ts'
import { statusLines } from '#cli/status/status-lines.ts'
import { isInForce } from '#model/override.ts'

export function status(context: Context): Command {
  return stageCommand('status')
    .summary('show how the hostnames stand')
    .description(
      'For each provider: its condition, the share that was decided last, the share and the weights in the records. Then the sentences of the decision, what operators hold, the last change and whether it is in sync, and the last good plan. Reads only what is stored; asks neither Route 53 nor a function.',
    )
    .argument('[hostname]', 'only this hostname; left out: all')
    .addHelpText('after', example('sluice status', 'sluice status media.example.com --json'))
    .action((name: string | undefined, options: CommonOptions) =>
      onStage(context, options, async (session, here) => {
        const hostnames = knownHostnames(name, session.configuration)
        const [records, overrides, goodPlans] = await Promise.all([
          session.records.load(),
          session.overrides.list(),
          session.goodPlans.load(),
        ])
        const inForce = overrides.filter((override) => isInForce(override, here().now))
        const stored = { records, overrides: inForce, goodPlans }
        const statuses = await Promise.all(hostnames.map((policy) => statusOf(policy, stored, session.journal)))
        const { stage, region } = session
        return shown({ stage, region, at: here().now, hostnames: statuses }, paragraphs(...statuses.map((one) => statusLines(one, here()))))
      }),
    )
}
