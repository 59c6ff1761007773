// A paused hostname is written by operators and rollbacks only; a canary's step waits.
import { pauseOf } from '#model/override.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const paused: Guard = {
  name: 'paused',
  binds: 'everything',
  check: (plan, { overrides }) => {
    const pause = pauseOf(overrides, plan.hostname)
    if (pause === undefined || plan.cause === 'override' || plan.cause === 'rollback') return pass
    return refuse('paused', `${plan.hostname}: paused by ${pause.author}: ${pause.reason}`)
  },
}
