// How step asks a function of somebody else whether a canary may go on.
import type { CheckAnswer, CheckQuestion } from '#model/gate-check.ts'
import type { GateCheck } from '#model/strategy.ts'

export interface GateChecks {
  /** @throws when there is no answer in time, an error, or one that is no answer to the question */
  ask(check: GateCheck, question: CheckQuestion): Promise<CheckAnswer>
}

/** How the judge looks, before a start, whether those functions are there. */
export interface CheckReader {
  /** Which of the functions do not exist; an error of the service is thrown. */
  missing(functions: readonly string[]): Promise<string[]>
}
