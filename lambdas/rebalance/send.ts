// Has apply carry a request out: in parts that Lambda takes, one after the other, as far as there is time.
import type { ApplyAnswer, ApplyOutcome, ApplyRequest } from '#model/receipt.ts'
import type { Applier } from '#ports/applier.ts'
import { splitRequest } from './split-request.ts'

/** What an invocation of apply needs beside its work: to start, to read the configuration, to answer. */
const OVERHEAD_SECONDS = 3

export type Sending = {
  readonly applier: Applier
  /** Epoch seconds. */
  readonly nowSeconds: () => number
  readonly deadlineSeconds: number
}

/** A request that asks for nothing is not sent: a quiet tick makes no Route 53 call. What does not fit into the time is deferred. */
export async function send(request: ApplyRequest, { applier, nowSeconds, deadlineSeconds }: Sending): Promise<ApplyAnswer> {
  const outcomes: ApplyOutcome[] = []
  const confirmed: ApplyAnswer['confirmed'] = []
  const parts = splitRequest(request)
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    // A rollback is sent always: nothing may delay it.
    if (nowSeconds() + OVERHEAD_SECONDS >= deadlineSeconds && part.rollbacks.length === 0) {
      outcomes.push(...[...part.plans.map(({ hostname }) => hostname), ...part.look].map(notSent))
      continue
    }
    const answer = await applier.apply(Number.isFinite(deadlineSeconds) ? { ...part, deadlineSeconds } : part)
    const late = new Set(answer.outcomes.filter(isOutOfTime).map(({ hostname }) => hostname))
    const rest = restOf(part, late)
    // An invocation of apply ends before a tick does. As long as each gets something done of what it was asked, another goes on where it stopped.
    const isStuck = late.size >= part.rollbacks.length + part.plans.length + part.look.length
    if (!isStuck) parts.unshift(...splitRequest(rest))
    outcomes.push(...answer.outcomes.filter((outcome) => isStuck || !isOutOfTime(outcome)))
    confirmed.push(...answer.confirmed)
  }
  return { outcomes, confirmed }
}

function restOf({ plans, look }: ApplyRequest, late: ReadonlySet<string>): ApplyRequest {
  return {
    rollbacks: [],
    plans: plans.filter(({ hostname }) => late.has(hostname)),
    look: look.filter((hostname) => late.has(hostname)),
    confirm: [],
  }
}

function isOutOfTime(outcome: ApplyOutcome): boolean {
  return outcome.kind === 'deferred' && outcome.reason.code === 'out-of-time'
}

function notSent(hostname: string): ApplyOutcome {
  const sentence = `${hostname}: no time left in this tick; it goes first in the next`
  return { kind: 'deferred', hostname, reason: { code: 'out-of-time', sentence } }
}
