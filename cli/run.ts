// A command line → what is printed, and the exit status.
import { CommanderError } from 'commander'
import { awsFailure } from './aws/aws-failure.ts'
import { type Context, newContext } from './context.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { CommandFailure, failureText } from './failure.ts'
import { buildProgram } from './program.ts'
import type { World } from './world.ts'

/** @param words what follows `sluice` @throws what is a mistake of this program */
export async function run(words: readonly string[], world: World): Promise<ExitCode> {
  const context = newContext(world)
  try {
    await buildProgram(context).parseAsync(words, { from: 'user' })
    return context.exitCode
  } catch (thrown) {
    // Commander has said what was wrong, or shown the help that was asked for.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage
    const failure = awsFailure(thrown)
    if (failure instanceof CommandFailure) return tell(failure, context, words)
    throw failure
  }
}

function tell({ exitCode, objection }: CommandFailure, { running, world }: Context, words: readonly string[]): ExitCode {
  // With --json there is one document, whatever happens.
  if (running.isJson || words.includes('--json'))
    world.write('out', `${JSON.stringify({ error: { exitCode, ...objection } }, undefined, 2)}\n`)
  else world.write('err', `${failureText(['sluice', running.name].join(' ').trim(), objection)}\n`)
  return exitCode
}
