// What canary plan says of a start: that it would begin, that it would be refused, or that not everything could be asked.
import type { Begun } from '#canary/begin.ts'
import { EXIT, type ExitCode } from '#cli/exit-codes.ts'
import type { CommandFailure, Objection } from '#cli/failure.ts'
import type { Reason } from '#model/reason.ts'

/** What only the judge reads. */
const OF_THE_JUDGE = ['metrics', 'health checks', 'alarms', 'the error budget', 'what history teaches'] as const

export type PlanVerdict = {
  /** `unknown`: nothing speaks against it as far as was asked. */
  readonly verdict: 'starts' | 'refused' | 'unknown'
  readonly reasons: readonly Reason[]
  /** It would begin when this is over. */
  readonly waitsFor?: Reason
  readonly notAsked?: Objection & { readonly what: readonly string[] }
}

/** @param failure why the judge could not be asked */
export function verdictOf(begun: Begun, failure: CommandFailure | undefined): PlanVerdict {
  const notAsked = failure === undefined ? {} : { notAsked: { what: OF_THE_JUDGE, ...failure.objection } }
  if (begun.kind === 'refused') return { verdict: 'refused', reasons: begun.reasons, ...notAsked }
  const waits = begun.kind === 'waits' ? { waitsFor: begun.reason } : {}
  return { verdict: failure === undefined ? 'starts' : 'unknown', reasons: [], ...waits, ...notAsked }
}

/** Nothing but a start that would begin ends with 0. */
export function exitCodeOf({ verdict }: PlanVerdict, failure: CommandFailure | undefined): ExitCode {
  return verdict === 'refused' ? EXIT.refused : (failure?.exitCode ?? EXIT.done)
}

export function verdictLines(name: string, { verdict, reasons, waitsFor, notAsked }: PlanVerdict): string[] {
  return [
    `${name}: ${TEXTS[verdict]}`,
    ...reasons.map(({ sentence }) => `  ${sentence}`),
    ...(waitsFor === undefined ? [] : [`  ${waitsFor.sentence}`]),
    // One line, whatever AWS has to say.
    ...(notAsked === undefined ? [] : [`  not asked: ${listText(notAsked.what)}: ${notAsked.seen.replace(/\s+/g, ' ')}`]),
  ]
}

const TEXTS: Readonly<Record<PlanVerdict['verdict'], string>> = {
  starts: 'could start now',
  refused: 'would be refused',
  unknown: 'could start now as far as was asked',
}

function listText(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
