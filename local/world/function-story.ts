// Tells when a function of the product failed, was throttled, or an event for it was given up: nobody should have to look into a log for that.
import type { InvocationReport } from '#local/lambda/sinks.ts'
import type { Story } from './snapshot.ts'

export function functionStory(report: InvocationReport): Story | undefined {
  const { functionName, atSeconds: at } = report
  switch (report.kind) {
    case 'ran':
      if (report.error === undefined) return undefined
      return {
        at,
        kind: 'notice',
        code: 'function-error',
        sentence: `${functionName} failed: ${report.error.errorType}: ${report.error.errorMessage}`,
      }
    case 'throttled':
      return { at, kind: 'notice', code: 'throttled', sentence: `${functionName} was throttled` }
    case 'dropped':
      // The failure itself has been told.
      if (report.condition === 'RetriesExhausted') return undefined
      return { at, kind: 'notice', code: 'dropped', sentence: `an event for ${functionName} was given up: ${report.condition}` }
  }
}
