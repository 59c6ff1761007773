// sluice journal: what was done to a hostname, by whom and why.
import { type Command, Option } from 'commander'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { CommandFailure, usageFailure } from '#cli/failure.ts'
import { knownHostname } from '#cli/input/known-names.ts'
import { journalLines } from '#cli/journal/journal-lines.ts'
import { type Output, shown } from '#cli/output.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { JournalEntry, JudgedEntry } from '#model/journal-entry.ts'
import { ALL_HOSTNAMES, type Override } from '#model/override.ts'

type Options = CommonOptions & { readonly limit: number; readonly judged?: true }

const USUAL = 20
const MOST = 1000

export function journal(context: Context): Command {
  return stageCommand('journal')
    .summary('show what was done to a hostname, and why')
    .description(
      'Newest first: writes with their changes, refusals, conflicts, and what operators set or ended, drains and pauses of all among it. Entries are kept for 90 days. With --json every write carries its undo and, once a plan was good, its rollback to the last good one: change batches for `aws route53 change-resource-record-sets`. With --judged it prints what `sluice judge --replay` reads: every judged minute of the canaries that is kept, oldest first, as JSON Lines.',
    )
    .argument('<hostname>', 'the hostname')
    .option('--limit <count>', `how many entries, up to ${MOST}`, count, USUAL)
    .addOption(
      new Option('--judged', 'the judged minutes of canaries, all of them, oldest first, one JSON document a line').conflicts('limit'),
    )
    .addHelpText('after', example('sluice journal media.example.com --limit 5', 'sluice journal media.example.com --judged > judged.jsonl'))
    .action((name: string, options: Options) =>
      onStage(context, options, async (session, here) => {
        const policy = knownHostname(name, session.configuration)
        if (options.judged === true) return judgedMinutes(await session.journal.judged(policy.hostname), policy.hostname)
        const [own, common] = await Promise.all([
          session.journal.entries(policy.hostname, options.limit),
          // What concerns every hostname is written once. Some of it may be about providers this one does not have.
          session.journal.entries(ALL_HOSTNAMES, MOST),
        ])
        const entries = [...own, ...common.filter((entry) => concerns(entry, policy))]
          .toSorted((a, b) => b.at - a.at)
          .slice(0, options.limit)
        if (entries.length === 0) return shown([], [`The journal of ${policy.hostname} is empty.`], EXIT.refused)
        return shown(entries, journalLines(entries, here()))
      }),
    )
}

/** Standard output is the file: what is said when there is none must not end up in it as a minute. */
function judgedMinutes(minutes: readonly JudgedEntry[], hostname: string): Output {
  if (minutes.length === 0)
    throw new CommandFailure(EXIT.refused, {
      code: 'no-judged-minute',
      place: hostname,
      seen: 'no judged minute in its journal',
      allowed: 'a hostname with a canary of the last 90 days that was judged',
      mend: 'sluice canary status shows whether there was one.',
    })
  return { exitCode: EXIT.done, json: minutes, isJsonLines: true, lines: minutes.map((minute) => JSON.stringify(minute)) }
}

function concerns(entry: JournalEntry, { providers }: HostnamePolicy): boolean {
  const override: Override | undefined = entry.kind === 'override' ? entry.override : undefined
  return override?.kind !== 'drain' || providers.some(({ provider }) => provider === override.provider)
}

function count(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= MOST) return value
  throw usageFailure({
    code: 'limit',
    place: '--limit',
    seen: JSON.stringify(text),
    allowed: `a whole number from 1 to ${MOST}`,
    mend: `Leave it out for ${USUAL}.`,
  })
}
