// A history as a story that a person can read: the set-up, every step, and what each run decided and wrote.
import type { History } from './history.ts'
import { play } from './play.ts'
import type { Rule } from './rules/rule.ts'
import { tellSetup } from './tell-step.ts'

export async function storyOf(history: History, rules: readonly Rule[]): Promise<string[]> {
  const lines = tellSetup(history.setup)
  await play(history, rules, { tell: (line) => lines.push(line) })
  return lines
}
