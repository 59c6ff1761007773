// Invariant 15. Weights are whole numbers 0–255, shares finite parts of one, whatever was reported or asked.
import type { Rule } from './rule.ts'

export const validatedNumbers: Rule = {
  name: 'validated-numbers',
  written: ({ swap }) => {
    const wrong = swap.create.find(({ weight }) => !Number.isInteger(weight) || weight < 0 || weight > 255)
    return wrong === undefined ? undefined : `${swap.hostname}: weight ${wrong.weight} was written for ${wrong.setIdentifier}`
  },
  adopted: ({ after }) => {
    const shares = Object.entries(after.shares)
    const wrong = shares.find(([, share]) => !Number.isFinite(share) || share < 0 || share > 1)
    if (wrong !== undefined) return `${after.set}: a share of ${wrong[1]} was decided for ${wrong[0]}`
    const total = shares.reduce((sum, [, share]) => sum + share, 0)
    return shares.length === 0 || Math.abs(total - 1) < 1e-6 ? undefined : `${after.set}: shares that add up to ${total} were decided`
  },
}
