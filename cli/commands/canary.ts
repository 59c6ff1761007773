// sluice canary: starts canaries, shows them, and gives orders to the one in flight.
import { Command } from 'commander'
import { canaryOrders } from '#cli/canary/order-command.ts'
import { planCommand } from '#cli/canary/plan-command.ts'
import { startCommand } from '#cli/canary/start-command.ts'
import { statusCommand } from '#cli/canary/status-command.ts'
import { type Context, example } from '#cli/context.ts'

export function canary(context: Context): Command {
  const group = new Command('canary')
    .summary('shift a version or a provider in steps, judged minute by minute')
    .description(
      'A canary moves the shares of a hostname in steps, judges what the traffic shows after each, and goes back by itself. One canary a hostname.',
    )
    .addHelpText('after', example('sluice canary start media 1.0.9 --reason "release 1.0.9"', 'sluice canary status --watch'))
  for (const command of [startCommand, planCommand, statusCommand]) group.addCommand(command(context))
  for (const command of canaryOrders(context)) group.addCommand(command)
  return group
}
