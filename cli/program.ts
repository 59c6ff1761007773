// All commands of `sluice`, put together.
import { Command } from 'commander'
import { canary } from './commands/canary.ts'
import { check } from './commands/check.ts'
import { drain, undrain } from './commands/drain.ts'
import { explain } from './commands/explain.ts'
import { journal } from './commands/journal.ts'
import { judge } from './commands/judge.ts'
import { pause, resume } from './commands/pause.ts'
import { pin, unpin } from './commands/pin.ts'
import { plan } from './commands/plan.ts'
import { rollback } from './commands/rollback.ts'
import { status } from './commands/status.ts'
import { type Context, example } from './context.ts'
import { EXIT_MEANINGS } from './exit-codes.ts'
import { parserFailure, type Usage } from './parser-failure.ts'

const COMMANDS = [status, plan, explain, journal, drain, undrain, pin, unpin, pause, resume, rollback, canary, check, judge]

/** Width of the help, whatever the terminal: docs/commands.md is made of it. */
const HELP_WIDTH = 100

/**
 * Throws in place of ending the process: `CommanderError` once the help that was asked for is shown, `CommandFailure` with it as the cause
 * for a command line that is wrong.
 *
 * @param isSilent the parser prints nothing about what is wrong: whoever catches the failure does
 */
export function buildProgram(context: Context, isSilent = false): Command {
  const { world } = context
  const program = new Command('sluice')
    .description(
      'Shows and steers what share of traffic each cloud gets. Works on whatever installation the AWS settings of the shell lead to.',
    )
    .version(world.version, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      `\nExit status:\n${exitLines().join('\n')}\n${example('sluice status', 'sluice drain hetzner --reason "kernel update" --for 2h')}`,
    )
  for (const build of COMMANDS) program.addCommand(build(context))
  for (const command of allCommands(program)) {
    command
      .exitOverride((error) => {
        throw error.exitCode === 0 ? error : parserFailure(command, error, usageOf(command))
      })
      .configureOutput({
        writeOut: (text) => world.write('out', text),
        writeErr: (text) => (isSilent ? undefined : world.write('err', text)),
        getOutHelpWidth: () => HELP_WIDTH,
        getErrHelpWidth: () => HELP_WIDTH,
      })
      .showHelpAfterError(allowedLines(usageOf(command)))
  }
  return program
}

/** With those of groups such as `canary`. */
export function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)]
}

/** Commander names the place and the value, and the nearest word; this is the rest of what every door answers. */
function allowedLines({ allowed, mend }: Usage): string {
  return `  allowed: ${allowed}\n  mend:    ${mend}`
}

function usageOf(command: Command): Usage {
  const options = command.options.map(({ long, short }) => long ?? short)
  const isGroup = command.commands.length > 0
  const words = isGroup ? command.commands.map((one) => one.name()) : command.registeredArguments.map((one) => one.name().toUpperCase())
  return {
    allowed: [...words, ...options, '--help'].join(', '),
    mend: `${fullName(command)} --help ${isGroup ? 'lists the commands' : 'shows how it is used'}.`,
  }
}

/** `sluice canary start`. */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`
}

export function exitLines(): string[] {
  return Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `  ${code}  ${meaning}`)
}
