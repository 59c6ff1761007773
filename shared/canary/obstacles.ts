// Why a hostname cannot be shifted now, and why a canary in flight is frozen: failover, overrides, and a controller that does not decide, come first.
import type { Decision } from '#model/decision.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { type Override, pauseOf, pinOf } from '#model/override.ts'
import type { Reason } from '#model/reason.ts'

/** Without a decision for this long nobody looks after the hostname. */
const SILENT_SECONDS = 300

/** Failover has the hostname, or nobody has: shares are not raised, and minutes are not judged. */
export function unhealthyBecause(decision: Decision | undefined, nowSeconds: number): Reason | undefined {
  if (decision === undefined) return { code: 'no-decision', sentence: 'no decision of the controller stands yet' }
  const silentSeconds = nowSeconds - decision.at
  if (silentSeconds > SILENT_SECONDS)
    return { code: 'no-decision', sentence: `the controller has decided nothing for ${Math.round(silentSeconds)} s` }
  const down = decision.providers.find(({ condition }) => condition.kind === 'down' || condition.isRed)
  return down === undefined ? undefined : { code: 'failover', sentence: down.condition.reason.sentence }
}

/** What keeps a canary from beginning. */
export function obstaclesOf(
  hostname: HostnamePolicy,
  decision: Decision | undefined,
  overrides: readonly Override[],
  nowSeconds: number,
): Reason[] {
  const pause = pauseOf(overrides, hostname.hostname)
  const pin = pinOf(overrides, hostname.hostname)
  const unhealthy = unhealthyBecause(decision, nowSeconds)
  return [
    ...(hostname.mode === 'observe'
      ? [{ code: 'observe', sentence: `${hostname.hostname} is in mode observe: nothing is written; say enforce first` }]
      : []),
    ...(pause === undefined ? [] : [{ code: 'paused', sentence: `${hostname.hostname} is paused by ${pause.author}: ${pause.reason}` }]),
    ...(pin === undefined ? [] : [{ code: 'pinned', sentence: `${hostname.hostname} is pinned by ${pin.author}: ${pin.reason}` }]),
    ...(unhealthy === undefined ? [] : [unhealthy]),
  ]
}
