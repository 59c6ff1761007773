// What the parser of options objects to, as a failure like any other: it tells in a sentence what a program needs in parts.
import type { Command, CommanderError } from 'commander'
import { type CommandFailure, usageFailure } from './failure.ts'

export type Usage = { readonly allowed: string; readonly mend: string }

/** A word of the command line stands in its sentence in single quotes: `option '-r, --reason <text>'`, `argument 'provider'`. */
const QUOTED = /'([^']+)'/

/** @param usage what `command` takes, and how to learn more */
export function parserFailure(command: Command, error: CommanderError, { allowed, mend }: Usage): CommandFailure {
  const [sentence = '', hint] = error.message.replace(/^error: /, '').split('\n')
  return usageFailure(
    {
      code: error.code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      place: placeIn(command, error),
      seen: sentence.replace(/\.$/, ''),
      allowed,
      mend: hint === undefined ? mend : `${hint.replace(/^\((.*)\)$/, '$1')} ${mend}`,
    },
    { cause: error },
  )
}

function placeIn(command: Command, { code, message }: CommanderError): string {
  if (command.commands.length > 0 && !message.includes('option')) return 'COMMAND'
  if (code === 'commander.excessArguments') return 'arguments'
  const [, quoted = command.name()] = QUOTED.exec(message) ?? []
  return /--[\w-]+/.exec(quoted)?.[0] ?? (quoted.startsWith('-') ? quoted : quoted.toUpperCase())
}
