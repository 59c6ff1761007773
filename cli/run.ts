// A command line → what is printed, and the exit status.
import { CommanderError } from 'commander'
import { awsFailure } from './aws/aws-failure.ts'
import { newContext } from './context.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { CommandFailure, failureText } from './failure.ts'
import { buildProgram } from './program.ts'
import type { World } from './world.ts'

/** @param words what follows `sluice` @throws what is a mistake of this program */
export async function run(words: readonly string[], world: World): Promise<ExitCode> {
  const context = newContext(world)
  const program = buildProgram(context)
  try {
    await program.parseAsync(words, { from: 'user' })
    return context.exitCode
  } catch (thrown) {
    // Commander has said what was wrong, or shown the help that was asked for.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage
    const failure = awsFailure(thrown)
    if (!(failure instanceof CommandFailure)) throw failure
    const { exitCode, objection } = failure
    const command = words.find((word) => program.commands.some((known) => known.name() === word))
    // With --json there is one document, whatever happens.
    if (words.includes('--json')) world.write('out', `${JSON.stringify({ error: { exitCode, ...objection } }, undefined, 2)}\n`)
    else world.write('err', `${failureText(command === undefined ? 'sluice' : `sluice ${command}`, objection)}\n`)
    return exitCode
  }
}
