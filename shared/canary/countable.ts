// Which of a strategy's metrics can be counted of what is shifted: versions publish all of them, a provider's signals are its requests and failures.
import type { CanarySubject } from '#model/canary.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { Reason } from '#model/reason.ts'

/** The settings without what is not counted, so that it takes no part of α; refused where that is critical, because nothing could pass. */
export function withCountable(
  subject: CanarySubject,
  settings: JudgeSettings,
  name: string,
): { readonly settings: JudgeSettings } | { readonly refused: Reason } {
  if (subject.kind === 'version') return { settings }
  const without = settings.metrics.find(({ kind, critical }) => kind !== 'failures' && critical)
  if (without === undefined) return { settings: { ...settings, metrics: settings.metrics.filter(({ kind }) => kind === 'failures') } }
  const sentence = `${name}: ${without.name} cannot be judged: of a provider only requests and failures are counted; set critical: false, or leave it out of the strategy`
  return { refused: { code: 'not-counted', sentence } }
}
