// The name of a canary's execution: who starts the same thing twice starts it once.
import type { CanaryStart } from './canary-order.ts'

/** Step Functions API reference, StartExecution, name. */
export const EXECUTION_NAME_LIMIT = 80

/**
 * `media--1.0.9--1`, or `media.example.com--hetzner--1` for a provider. What is too long is cut in front; a name that two things share costs an attempt, no more.
 *
 * @param attempt from 1 on: a name can be used once in 90 days
 */
export function executionName(start: CanaryStart, attempt: number): string {
  const [first, second] = 'service' in start ? [start.service, start.version] : [start.hostname.replace('*', '_wildcard'), start.provider]
  const rest = `--${second}--${attempt}`
  return `${first.slice(-(EXECUTION_NAME_LIMIT - rest.length))}${rest}`
}
