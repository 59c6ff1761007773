// sluice rollback: the last good plan comes back in one write that needs no signal and no planner.
import type { Command } from 'commander'
import { ask } from '#cli/ask.ts'
import { type LastingOptions, withUsualLife } from '#cli/change-options.ts'
import { type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { lifeOf } from '#cli/input/duration.ts'
import { knownHostname } from '#cli/input/names.ts'
import { type Output, shown } from '#cli/output.ts'
import type { Session } from '#cli/session.ts'
import { changeLines } from '#cli/text/change-lines.ts'
import { type Here, momentText } from '#cli/text/moment-text.ts'
import type { RecordChange } from '#model/plan.ts'
import { recordKey, sameRecord, sameRecords } from '#model/record-identity.ts'

/** A night: by then somebody has found out why. */
const USUAL_LIFE = '12h'

export function rollback(context: Context): Command {
  return withUsualLife(stageCommand('rollback'), USUAL_LIFE)
    .summary('bring the last good plan of a hostname back')
    .description(
      'Writes the newest earlier records that stayed in sync while every provider served, and pins them until the time is over or `sluice unpin`. It needs no signal. Ends with 1 when there is no such plan.',
    )
    .argument('<hostname>', 'the hostname')
    .addHelpText('after', example('sluice rollback media.example.com --reason "shares went wrong after the deployment"'))
    .action((name: string, options: LastingOptions) =>
      onStage(context, options, async (session, here) => {
        const policy = knownHostname(name, session.configuration)
        const expiresAt = session.nowSeconds() + lifeOf(options.for)
        if (options.dryRun === true) return preview(session, policy.hostname, here())
        return ask(session, {
          request: { action: 'rollback', hostname: policy.hostname, reason: options.reason, expiresAt },
          isDryRun: false,
          headline: `${policy.hostname} is rolled back and pinned until ${momentText(expiresAt, here())}`,
          concerned: [policy],
        })
      }),
    )
}

/** The function decides by what it reads from Route 53 then; this shows it by what was last observed. */
async function preview(session: Session, hostname: string, here: Here): Promise<Output> {
  const [records, plans] = await Promise.all([session.records.load(), session.goodPlans.load()])
  const standing = records.get(hostname)?.observed.members ?? []
  const good = plans.find((plan) => plan.hostname === hostname)
  const target = [good, good?.previous].find((plan) => plan !== undefined && !sameRecords(plan.members, standing))
  if (target === undefined)
    return shown(
      { hostname, changes: [] },
      [`Refused: ${hostname} has no earlier plan that was good and differs from what stands`],
      EXIT.refused,
    )
  const reason = { code: 'rollback', sentence: `the plan of generation ${target.fence.generation} sequence ${target.fence.sequence}` }
  const changes: RecordChange[] = [
    ...target.members.flatMap((after) => {
      const before = standing.find((record) => recordKey(record) === recordKey(after))
      return before !== undefined && sameRecord(before, after) ? [] : [{ ...(before === undefined ? {} : { before }), after, reason }]
    }),
    ...standing
      .filter((before) => !target.members.some((after) => recordKey(after) === recordKey(before)))
      .map((before) => ({ before, reason })),
  ]
  return shown({ hostname, goodSince: target.since, fence: target.fence, changes }, [
    `Dry run: nothing was stored or written. Without --dry-run: ${hostname} gets back ${reason.sentence}, good since ${momentText(target.since, here)}.`,
    ...changeLines(hostname, changes).map((line) => `  ${line}`),
  ])
}
