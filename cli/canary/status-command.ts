// sluice canary status: how canaries stand, once or live.
import type { Command } from 'commander'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { knownHostnames } from '#cli/input/known-names.ts'
import { type Output, paragraphs, shown } from '#cli/output.ts'
import type { Session } from '#cli/session.ts'
import type { Here } from '#cli/text/moment-text.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { canaryLines } from './canary-lines.ts'
import { canaryStatus } from './canary-status.ts'

type Options = CommonOptions & { readonly watch?: true }

const WATCH_SECONDS = 2
/** Cursor home, and clear to the end of the screen (ECMA-48, CUP and ED). */
const CLEAR = '\u001b[H\u001b[J'

export function statusCommand(context: Context): Command {
  return stageCommand('status')
    .summary('show the canary of a hostname')
    .description(
      'The step, the shares wanted and observed, the evidence against its limits, the next action and when. After the end: what became of it. Reads only what is stored.',
    )
    .argument('[hostname]', 'only this hostname; left out: all that have, or had, a canary')
    .option('--watch', 'again every two seconds, until no canary is in flight; with --json one document a line')
    .addHelpText('after', example('sluice canary status', 'sluice canary status media.example.com --watch'))
    .action((name: string | undefined, options: Options) =>
      onStage(context, options, async (session, here) => {
        const hostnames = knownHostnames(name, session.configuration)
        for (;;) {
          const output = await look(session, hostnames, name !== undefined, here)
          if (options.watch !== true || !output.isInFlight) return output
          const text = options.json === true ? JSON.stringify(output.json) : output.lines.join('\n')
          context.world.write('out', `${context.world.isTerminal && options.json !== true ? CLEAR : ''}${text}\n`)
          await context.world.pause(WATCH_SECONDS)
        }
      }),
    )
}

async function look(
  session: Session,
  hostnames: readonly HostnamePolicy[],
  isNamed: boolean,
  here: () => Here,
): Promise<Output & { readonly isInFlight: boolean }> {
  const rows = await session.rows.list()
  const all = hostnames.map((policy) =>
    canaryStatus(
      policy,
      rows.find(({ hostname }) => hostname === policy.hostname),
    ),
  )
  const known = isNamed ? all : all.filter(({ row }) => row !== undefined)
  const { stage } = session
  const lines = known.map((one) => canaryLines(one, here()))
  const output = shown({ stage, at: here().now, hostnames: known }, lines.length === 0 ? ['No canary yet.'] : paragraphs(...lines))
  return { ...output, isInFlight: known.some(({ canary }) => canary?.isInFlight === true) }
}
