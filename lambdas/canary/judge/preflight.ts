// What speaks against a start, as far as it can be read without writing: the calendar of freeze windows.
import { frozenSpans } from '#calendar/frozen-spans.ts'
import { knownByName } from '#handler/known-name.ts'
import type { PreflightAnswer, PreflightTask } from '#model/canary-order.ts'
import type { JudgePorts } from './judge-canary.ts'

/** Nothing lasts longer: an execution ends after 40 hours. */
const AHEAD_SECONDS = 41 * 3600

/** @throws BadEvent for a hostname that the configuration has not, and what the ports throw */
export async function preflight(task: PreflightTask, { configuration, clock }: JudgePorts): Promise<PreflightAnswer> {
  const settings = await configuration.load()
  const hostname = knownByName('event.hostname', task.hostname, settings.hostnames, (one) => one.hostname)
  const nowSeconds = clock.nowSeconds()
  const windows = [...settings.policy.freezeWindows, ...(hostname.strategy?.freezeWindows ?? [])]
  return { reasons: [], freezes: frozenSpans(windows, nowSeconds, nowSeconds + AHEAD_SECONDS) }
}
