// sluice plan: what the next tick would decide and write, without doing it.
import type { Command } from 'commander'
import type { TickAnswer } from '#cli/answer.ts'
import { decisionParagraphs, isTick, refusedText, send } from '#cli/ask.ts'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { knownHostnames } from '#cli/input/known-names.ts'
import { type Output, paragraphs, shown } from '#cli/output.ts'
import type { Session } from '#cli/session.ts'
import { fatesOf, planParagraphs } from '#cli/text/plan-paragraphs.ts'
import { decisionFor } from '#decision/decide-sets.ts'
import type { HostnamePolicy } from '#model/hostname.ts'

export function plan(context: Context): Command {
  return stageCommand('plan')
    .summary('show what the next tick would decide and write')
    .description(
      'Runs a tick as a dry run: reads the signals, decides, plans and lets the guards object. Nothing is stored or written. Ends with 1 when a guard refuses a change.',
    )
    .argument('[hostname]', 'only this hostname; left out: all')
    .addHelpText('after', example('sluice plan media.example.com'))
    .action((hostname: string | undefined, options: CommonOptions) => onStage(context, options, (session) => showPlan(session, hostname)))
}

async function showPlan(session: Session, name: string | undefined): Promise<Output> {
  const hostnames = knownHostnames(name, session.configuration)
  const reply = await send(session, { action: 'tick' }, true)
  if (reply.kind === 'refused') return shown(reply, reply.objections.map(refusedText), EXIT.refused)
  const { answer } = reply
  if (!isTick(answer)) return shown(answer, [refusedText(answer.reason.sentence)], EXIT.refused)
  const fates = fatesOf(answer, hostnames)
  const sets = decisionParagraphs(answer, hostnames)
  const unseen = hostnames.filter(({ hostname }) => !answer.plans.some((one) => one.hostname === hostname))
  return shown(
    name === undefined ? answer : about(hostnames, answer),
    paragraphs(
      ...sets,
      ...planParagraphs(fates, answer.kind),
      unseen.map(({ hostname }) => `${hostname}: not looked up in Route 53 yet; the next tick does`),
    ),
    fates.some(({ isRefused }) => isRefused) ? EXIT.refused : EXIT.done,
  )
}

/** What the answer says of these hostnames: the decisions they follow, their plans, what became of them. */
function about(hostnames: readonly HostnamePolicy[], answer: TickAnswer): TickAnswer {
  const followed = new Set(hostnames.map((hostname) => decisionFor(answer.decisions, hostname)))
  const isAsked = (one: { readonly hostname: string }) => hostnames.some(({ hostname }) => hostname === one.hostname)
  return {
    ...answer,
    decisions: answer.decisions.filter((decision) => followed.has(decision)),
    plans: answer.plans.filter(isAsked),
    outcomes: answer.outcomes.filter(isAsked),
    confirmed: answer.confirmed.filter(isAsked),
  }
}
