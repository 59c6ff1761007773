// Asks the rebalance function for a change and tells what came of it.

import { decisionFor } from '#decision/decide-sets.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { OperatorAction } from '#model/tick-event.ts'
import type { Answer, TickAnswer } from './answer.ts'
import { EXIT } from './exit-codes.ts'
import { type Output, paragraphs, shown } from './output.ts'
import type { Reply, Session } from './session.ts'
import { decisionLines } from './text/decision-lines.ts'
import { fatesOf, isUnwritten, outcomeText, planParagraphs } from './text/plan-paragraphs.ts'

export type Asked = {
  readonly request: OperatorAction
  readonly isDryRun: boolean
  /** Done and said in one line: `hetzner is drained until …`. */
  readonly headline: string
  /** The same while it is stored and not yet in Route 53, where the headline would say too much. */
  readonly storedHeadline?: string
  /** The hostnames it was about: a refusal of another one's plan is not this command's. */
  readonly concerned: readonly HostnamePolicy[]
}

/** The author first: his identity comes with the service's time, which becomes that of the event. */
export async function send(session: Session, request: OperatorAction, isDryRun: boolean): Promise<Reply> {
  const author = await session.author()
  return session.rebalance({ source: 'operator', time: session.nowSeconds(), author, dryRun: isDryRun, request })
}

export async function ask(session: Session, asked: Asked): Promise<Output> {
  return outcome(session, asked, await send(session, asked.request, asked.isDryRun))
}

export function outcome(session: Session, asked: Asked, reply: Reply): Output {
  const { request, isDryRun, headline, concerned } = asked
  const json = { stage: session.stage, request, dryRun: isDryRun, ...reply }
  if (reply.kind === 'refused') return shown(json, reply.objections.map(refusedText), EXIT.refused)
  const { answer } = reply
  if (answer.kind === 'dropped') return shown(json, [refusedText(answer.reason.sentence)], EXIT.refused)
  const first = isDryRun ? `Dry run: nothing was stored or written. Without --dry-run: ${headline}.` : `${headline}.`
  const stored = `${asked.storedHeadline ?? headline}, but this is not yet written to Route 53.`
  if (answer.kind === 'overtaken') return shown(json, [stored, answer.reason.sentence], EXIT.unwritten)
  const fates = fatesOf(answer, concerned)
  const unplanned = unplannedOutcomes(answer, concerned)
  const outcomes = [...fates.map((fate) => fate.outcome), ...unplanned]
  const isPending = outcomes.some(isUnwritten)
  const isRefused = fates.some((fate) => fate.isRefused && !isUnwritten(fate.outcome)) || unplanned.some(({ kind }) => kind === 'refused')
  const isNothing = isRefused && request.action === 'rollback'
  return shown(
    json,
    paragraphs(
      isNothing ? [] : [isPending ? stored : first],
      ...decisionParagraphs(answer, concerned),
      ...planParagraphs(fates, answer.kind),
      ...unplanned.map((one) => [
        `${one.hostname}: ${outcomeText(one)}`,
        ...(one.kind === 'refused' ? one.refusals.map(({ reason }) => `  ${reason.sentence}`) : []),
      ]),
    ),
    isRefused ? EXIT.refused : isPending ? EXIT.unwritten : EXIT.done,
  )
}

/** Each decision once, with the hostnames that follow it. */
export function decisionParagraphs(answer: TickAnswer, hostnames: readonly HostnamePolicy[]): string[][] {
  const followers = Map.groupBy(hostnames, (hostname) => decisionFor(answer.decisions, hostname))
  return [...followers].flatMap(([decision, group]) =>
    decision === undefined ? [] : [decisionLines(decision, group.map(({ hostname }) => hostname).join(', '))],
  )
}

/** A rollback is carried out without a plan of the tick. */
function unplannedOutcomes({ plans, outcomes }: TickAnswer, hostnames: readonly HostnamePolicy[]) {
  return outcomes.filter(
    ({ hostname, kind }) =>
      kind !== 'looked' && !plans.some((plan) => plan.hostname === hostname) && hostnames.some((policy) => policy.hostname === hostname),
  )
}

/** The function objects to a JSON event, `event.request.shares: …`; an operator typed a command. */
export function refusedText(sentence: string): string {
  return `Refused: ${sentence.replace(/^event\.request(?:\.(\w+))?: /, (_, field: string | undefined) => (field === undefined ? '' : `${field}: `))}`
}

export function isTick(answer: Answer): answer is TickAnswer {
  return answer.kind === 'done' || answer.kind === 'dry-run'
}
