// How step asks a function of somebody else whether a canary may go on.
import type { CheckAnswer, CheckQuestion } from '#model/gate-check.ts'
import type { GateCheck } from '#model/strategy.ts'

export interface GateChecks {
  /** @throws when there is no answer in time, an error, or one that is no answer to the question */
  ask(check: GateCheck, question: CheckQuestion): Promise<CheckAnswer>
}
