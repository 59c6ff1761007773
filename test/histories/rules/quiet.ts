// A late event writes nothing; a quiet tick makes no Route 53 call; a changed hostname one change call.
import type { Rule } from './rule.ts'

export const late: Rule = {
  name: 'late',
  ended: (run, { configuration }) => {
    if (run.event === undefined || run.invocation.startedAt - run.event.time <= configuration.policy.timing.tickSeconds) return undefined
    return run.didAnything ? `an event ${run.invocation.startedAt - run.event.time} s old was carried out` : undefined
  },
}

export const quiet: Rule = {
  name: 'quiet',
  ended: (run, { zone, model }) => {
    if (run.kind !== 'tick' || !run.isAlone || run.report?.kind !== 'done') return undefined
    const calls = zone.calls.count - run.zoneCallsBefore
    const { outcomes } = run.report
    const isConfirming = run.wasUnconfirmed
    if (run.plans.length === 0 && outcomes.length === 0 && !isConfirming && calls > 0) return `a quiet tick made ${calls} calls of Route 53`
    const isNews = model.adoptions > run.adoptionsBefore || run.event?.source !== 'schedule' || !run.hasSettled
    if (run.knewAll && !isNews && !isConfirming && calls > 0) return `nothing had changed, and a tick made ${calls} calls of Route 53`
    const changes = Map.groupBy(outcomes, ({ hostname }) => hostname)
    for (const [hostname, all] of changes) {
      const applied = all.filter(({ kind }) => kind === 'applied').length
      if (applied > 1) return `${hostname}: one tick wrote it ${applied} times`
    }
    return undefined
  },
}
