// Nothing stays undone: a tick that runs alone, knows what stands and meets no fault, writes what it planned or says a reason that holds.
import { pauseOf } from '#model/override.ts'
import { isOverAnother } from '../world/note-write.ts'
import type { Rule } from './rule.ts'

/** A fight is forgotten after an hour; edits older than that are no reason. */
const FIGHT_SECONDS = 4 * 3_600
const FORGET_SECONDS = 3_600

export const converges: Rule = {
  name: 'converges',
  ended: (run, { setup, zone, model, nowSeconds, healthChecks, configuration }) => {
    if (run.kind === 'broken-plan' || run.invocation.state === 'crashed' || setup.families === 'torn') return undefined
    const hasAllChecks = configuration.providers.every(({ endpoints }) =>
      endpoints.every(({ healthCheckId = '' }) => healthChecks.has(healthCheckId)),
    )
    if (!run.isAlone || !run.knewAll || run.faultsPending) return undefined
    if (run.invocation.state === 'failed' && hasAllChecks && run.event?.source !== 'operator')
      return `a run failed: ${String(run.invocation.error)}`
    // What reconcile hands over may be older than what the table has learned since.
    if (run.report?.kind !== 'done' || run.event?.source === 'reconcile') return undefined
    for (const { hostname, refusals } of run.report.plans) {
      const [refusal] = refusals
      if (refusal === undefined) continue
      const edits = model.handEdits.get(hostname) ?? []
      const isExpected: Record<string, boolean> = {
        paused: pauseOf(run.overrides, hostname) !== undefined || run.event?.source === 'operator',
        ownership: zone.standing(hostname).strangers.length > 0,
        'write-fight': [...edits, ...model.unclearWrites].filter((at) => at > nowSeconds - FIGHT_SECONDS).length >= 3,
        'missing-data': [...(run.seen?.values() ?? [])].some(({ missing }) => missing.length > 0),
        ttl: setup.hostnames.some(({ ttlSeconds }) => ttlSeconds > 60),
      }
      if (isExpected[refusal.guard] !== true)
        return `${hostname}: refused by ${refusal.guard}, for which nothing spoke: ${refusal.reason.sentence}`
    }
    const stuck = run.outcomes.find(({ kind }) => kind === 'conflict' || kind === 'deferred')
    if (stuck !== undefined) return `${stuck.hostname}: ${stuck.kind} although nobody else wrote and nothing failed`
    return undefined
  },
}

/** Errors that the world throws, and the door's own. Anything else is a fault of the code. */
const EXPECTED_ERRORS = new Set(['ThrottlingException', 'NoSuchHealthCheck', 'BadEvent'])

export const noSurprise: Rule = {
  name: 'no-surprise',
  ended: (run, { setup }) => {
    const { state, error } = run.invocation
    // A configuration that lacks a type at one provider is refused where it is read; here it only has to be written never.
    if (state !== 'failed' || setup.families === 'torn') return undefined
    const name = error instanceof Error ? error.name : 'unknown'
    return EXPECTED_ERRORS.has(name)
      ? undefined
      : `a run failed with ${String(error)}${error instanceof Error ? `\n${error.stack ?? ''}` : ''}`
  },
}

/** Who may write in the middle of a fight: persons, a canary on its way back, and whoever takes clients away from a cloud that is down. */
const PRESSING = new Set(['override', 'rollback', 'probe', 'panic'])

export const writeFight: Rule = {
  name: 'write-fight',
  written: (written, { model, nowSeconds }) => {
    const { swap, cause, run } = written
    const times = model.overAnother.get(swap.hostname) ?? []
    const row = times.reduce((count, at, index) => (at - (times[index - 1] ?? at) <= FORGET_SECONDS ? count + 1 : 1), 0)
    const isFourth = row >= 3 && nowSeconds - (times.at(-1) ?? 0) <= FORGET_SECONDS && isOverAnother(written, model)
    const isCounted = nowSeconds - model.receiptLostAt > FIGHT_SECONDS
    return isFourth && isCounted && run.kind === 'tick' && !PRESSING.has(cause)
      ? `${swap.hostname}: a fourth write in a row (${cause}) over what somebody else wants: two writers fight over it`
      : undefined
  },
}
