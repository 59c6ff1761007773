// sluice canary start: an execution of the state machine, and what its preflight says.
import type { Command } from 'commander'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { CommandFailure } from '#cli/failure.ts'
import { type Output, shown } from '#cli/output.ts'
import type { Session } from '#cli/session.ts'
import type { World } from '#cli/world.ts'
import { isInFlight } from '#model/canary.ts'
import type { CanaryStart } from '#model/canary-order.ts'
import { type StartOptions, type Wanted, wantedOf } from './start-input.ts'

type Options = CommonOptions & StartOptions & { readonly reason?: string }

/** Preflight is one invocation of a function; a cold one takes a second or two. */
const PATIENCE_LOOKS = 40
const LOOK_SECONDS = 0.5

export function startCommand(context: Context): Command {
  return stageCommand('start')
    .summary('start a canary of a version, or of a provider')
    .description(
      'Starts an execution of the state machine and waits for its preflight. SERVICE VERSION shifts the traffic of a service to another version; HOSTNAME --provider NAME shifts a cloud in, or out. The same start while it runs is the same canary. Ends with 1 and every reason when it is refused; nothing is written then.',
    )
    .argument('<subject>', 'the service, or with --provider the hostname')
    .argument('[version]', 'the version that is to come')
    .option('--provider <name>', 'shift this cloud instead of a version')
    .option('--part <fraction>', 'where the provider ends, 0 to 1 of the share its capacity gives it; left out: 1, all of it')
    .option('--reason <text>', 'why; it stands in the journal')
    .addHelpText(
      'after',
      example(
        'sluice canary start media 1.0.9 --reason "release 1.0.9"',
        'sluice canary start media.example.com --provider hetzner --part 0 --reason "leaves"',
      ),
    )
    .action((subject: string, version: string | undefined, options: Options) =>
      onStage(context, options, (session) =>
        start(session, wantedOf(subject, version, options, session.configuration), options.reason, context.world),
      ),
    )
}

async function start(session: Session, wanted: Wanted, reason: string | undefined, world: Pick<World, 'pause'>): Promise<Output> {
  const said = { author: await session.author(), ...(reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() }) }
  const { hostname } = wanted.hostname
  const input: CanaryStart =
    wanted.kind === 'version'
      ? { service: wanted.service, version: wanted.version, ...said }
      : { hostname, provider: wanted.provider, part: wanted.part, ...said }
  const execution = await session.canaries.start(input)
  for (let look = 0; look < PATIENCE_LOOKS; look++) {
    const { value: row } = await session.rows.get(hostname)
    if (row?.canary?.execution === execution) {
      const { generation, canary } = row
      return shown({ stage: session.stage, execution, hostname, generation, canary }, [
        `${canary.reason.sentence}, generation ${generation}.`,
        `Execution ${execution}`,
        `Watch it: sluice canary status ${hostname} --watch`,
      ])
    }
    const { status, answer, failure } = await session.canaries.look(execution)
    if (answer !== undefined)
      return shown({ stage: session.stage, execution, hostname, refused: answer.sentence }, [sentenceCase(answer.sentence)], EXIT.refused)
    if (status === 'ended') throw failed(execution, failure ?? 'it ended without an answer')
    await world.pause(LOOK_SECONDS)
  }
  const { value: other } = await session.rows.get(hostname)
  const isAfter = isInFlight(other) && other.canary.abortAsked !== undefined
  const sentence = isAfter
    ? `${hostname}: begins when what is in flight has gone back: ${other.canary.reason.sentence}`
    : `${hostname}: the execution runs, but its preflight has not answered yet`
  return shown({ stage: session.stage, execution, hostname, waiting: sentence }, [sentence, `Execution ${execution}`])
}

function sentenceCase(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function failed(execution: string, seen: string): CommandFailure {
  const mend = `Look at its history: aws stepfunctions get-execution-history --execution-arn ${execution} --reverse-order --max-items 5.`
  return new CommandFailure(EXIT.broken, { code: 'execution-failed', place: execution, seen, allowed: 'an answer of canary-begin', mend })
}
