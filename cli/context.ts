// What every command is built with: its common options, and the way from its run to what is printed.
import { Command } from 'commander'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { Output } from './output.ts'
import { placeOf } from './place.ts'
import type { Session } from './session.ts'
import type { Here } from './text/moment-text.ts'
import type { World } from './world.ts'

export type CommonOptions = { readonly stage?: string; readonly region?: string; readonly json?: true }

export type Context = {
  readonly world: World
  /** Of the command that ran. */
  exitCode: ExitCode
}

export function newContext(world: World): Context {
  return { world, exitCode: EXIT.done }
}

/** A command about an installation, with --stage, --region and --json. */
export function stageCommand(name: string): Command {
  return new Command(name)
    .option('--stage <name>', 'the installation; left out: SLUICE_STAGE, else the stage of ./sluice.yaml')
    .option('--region <region>', 'its region; left out: homeRegion of ./sluice.yaml, else as AWS is set up, else us-east-1')
    .option('--json', 'print one JSON document')
}

/** The last lines of a command's help. */
export function example(...lines: readonly string[]): string {
  return `\n${lines.length > 1 ? 'Examples' : 'Example'}:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

export async function onStage(
  context: Context,
  options: CommonOptions,
  run: (session: Session, here: () => Here) => Promise<Output>,
): Promise<void> {
  const { world } = context
  await printed(context, options, async () => {
    const session = await world.openSession(await placeOf(options, world))
    return run(session, () => ({ now: session.nowSeconds(), timeZone: world.timeZone }))
  })
}

/** Prints what `run` gives; what it throws is caught where the process begins. */
export async function printed(context: Context, { json }: CommonOptions, run: () => Promise<Output>): Promise<void> {
  const output = await run()
  context.exitCode = output.exitCode
  context.world.write('out', `${json === true ? jsonText(output) : output.lines.join('\n')}\n`)
}

function jsonText({ json, isJsonLines }: Output): string {
  if (isJsonLines === true && Array.isArray(json)) return json.map((one) => JSON.stringify(one)).join('\n')
  return JSON.stringify(json, undefined, 2)
}
