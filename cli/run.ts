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
  const isJson = words.includes('--json')
  const program = buildProgram(context, isJson)
  try {
    await program.parseAsync(words, { from: 'user' })
    return context.exitCode
  } catch (thrown) {
    // The help that was asked for has been shown.
    if (thrown instanceof CommanderError) return EXIT.done
    const failure = awsFailure(thrown)
    if (!(failure instanceof CommandFailure)) throw failure
    const { exitCode, objection } = failure
    const command = words.find((word) => program.commands.some((known) => known.name() === word))
    // With --json there is one document, whatever happens.
    if (isJson) world.write('out', `${JSON.stringify({ error: { exitCode, ...objection } }, undefined, 2)}\n`)
    // The parser has said it already.
    else if (!(failure.cause instanceof CommanderError))
      world.write('err', `${failureText(command === undefined ? 'sluice' : `sluice ${command}`, objection)}\n`)
    return exitCode
  }
}
