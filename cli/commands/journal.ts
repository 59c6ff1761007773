// sluice journal: what was done to a hostname, by whom and why.
import type { Command } from 'commander'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { usageFailure } from '#cli/failure.ts'
import { knownHostname } from '#cli/input/known-names.ts'
import { journalLines } from '#cli/journal/journal-lines.ts'
import { shown } from '#cli/output.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { JournalEntry } from '#model/journal-entry.ts'
import { ALL_HOSTNAMES, type Override } from '#model/override.ts'

const USUAL = 20
const MOST = 1000

export function journal(context: Context): Command {
  return stageCommand('journal')
    .summary('show what was done to a hostname, and why')
    .description(
      'Newest first: writes with their changes, refusals, conflicts, and what operators set or ended, drains and pauses of all among it. Entries are kept for 90 days. With --json every write carries its undo: a change batch for `aws route53 change-resource-record-sets`.',
    )
    .argument('<hostname>', 'the hostname')
    .option('--limit <count>', `how many entries, up to ${MOST}`, count, USUAL)
    .addHelpText('after', example('sluice journal media.example.com --limit 5'))
    .action((name: string, options: CommonOptions & { readonly limit: number }) =>
      onStage(context, options, async (session, here) => {
        const policy = knownHostname(name, session.configuration)
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
