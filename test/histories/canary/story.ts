// A history of canaries as lines for a person: each step, and what stood after it.
import type { CanaryHistory } from './history.ts'
import { playCanary } from './play.ts'
import type { CanaryRule } from './rules/rule.ts'

export async function canaryStoryOf(history: CanaryHistory, rules: readonly CanaryRule[]): Promise<string[]> {
  const lines: string[] = []
  const { violation } = await playCanary(history, rules, { tell: (line) => void lines.push(line) })
  const broken = violation === undefined ? [] : [`broken: ${violation.rule}: ${violation.sentence}`]
  return [`set-up ${JSON.stringify(history.setup)}`, ...lines, ...broken, '', JSON.stringify(history)]
}
