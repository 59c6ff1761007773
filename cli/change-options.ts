// The options of every command that changes something.
import type { Command } from 'commander'
import type { CommonOptions } from './context.ts'
import { usageFailure } from './failure.ts'

export type ChangeOptions = CommonOptions & { readonly reason: string; readonly dryRun?: true }
export type LastingOptions = ChangeOptions & { readonly for: string }

export function withReason(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'why; it stands in the journal and in the sentences of decisions', reasonOf)
    .option('--dry-run', 'show what would be decided and written, store and write nothing')
}

const LIFE = 'how long it lasts, from 1m to 30d, such as 45m, 2h or 1h30m; then it ends by itself'

export function withLife(command: Command): Command {
  return withReason(command).requiredOption('--for <duration>', LIFE)
}

export function withUsualLife(command: Command, usual: string): Command {
  return withReason(command).option('--for <duration>', LIFE, usual)
}

/** Of an option --reason. @throws CommandFailure for an empty one */
export function reasonOf(text: string): string {
  if (text.trim() !== '') return text.trim()
  throw usageFailure({
    code: 'reason',
    place: '--reason',
    seen: JSON.stringify(text),
    allowed: 'a few words',
    mend: 'Write for the person who reads the journal tonight: "kernel update", "ticket 4711".',
  })
}
