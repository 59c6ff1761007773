// How differently two providers fail with the same version: learned from the last day, before one of them is shifted, and tolerated from then on.
import type { CanarySubject } from '#model/canary.ts'
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import { percent } from './judge/evidence-text.ts'
import { standingRatio } from './judge/standing-ratio.ts'

/** A whole day: clients of the night are others than those of the afternoon. */
export const STANDING_HISTORY_SECONDS = 24 * 3600

/**
 * Two providers serve the same version side by side for as long as both serve: that history is A/A. Two versions never do: each publishes
 * under its own name, so what is tolerated of them is the strategy's.
 */
export function hasStandingHistory(subject: CanarySubject): boolean {
  return subject.kind === 'provider'
}

export type Tolerated = { readonly settings: JudgeSettings; readonly sentence: string }

/**
 * The settings with the upper end of what the history shows in place of `toleratedRatio`; those of the strategy where it shows nothing, as for a
 * new cloud. What must not pass keeps its distance from what is tolerated, or nothing could pass.
 */
export function withStandingRatio(settings: JudgeSettings, history: readonly JudgeMinute[]): Tolerated {
  const both = history.filter(({ canary, control }) => (canary?.requests ?? 0) > 0 && (control?.requests ?? 0) > 0)
  const { ratio, isLearned } = standingRatio(both)
  if (!isLearned) {
    const sentence = `tolerated ratio ${settings.toleratedRatio}, the strategy's: ${both.length} minutes of both arms teach no other`
    return { settings, sentence }
  }
  const learned = upTo(ratio)
  const { maxRatio } = settings
  return {
    settings: {
      ...settings,
      toleratedRatio: learned,
      ...(maxRatio === undefined ? {} : { maxRatio: (maxRatio / settings.toleratedRatio) * learned }),
    },
    sentence: `tolerated ratio ${learned}, learned from ${both.length} minutes of both arms (${sharesText(both)})`,
  }
}

/** Two decimals, never less than what was learned. */
function upTo(ratio: number): number {
  return Math.ceil(ratio * 100 - 1e-9) / 100
}

function sharesText(minutes: readonly JudgeMinute[]): string {
  const ratioOf = (arm: 'canary' | 'control') => {
    const sum = (count: 'requests' | 'failures') => minutes.reduce((total, minute) => total + (minute[arm]?.[count] ?? 0), 0)
    return percent(sum('failures') / Math.max(1, sum('requests')))
  }
  return `${ratioOf('canary')} failed beside ${ratioOf('control')}`
}
