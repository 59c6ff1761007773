// An older generation or sequence never wins: the plan must come after what stands, and after everything that was ever written.
import { fenceText, isOlder, laterOf } from '#model/fence.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const fence: Guard = {
  name: 'fence',
  binds: 'everything',
  check: (plan, { observed, lastFence }) => {
    const standing = laterOf(observed.fence, lastFence)
    if (standing === undefined) return pass
    if (plan.fence.generation < standing.generation) {
      return refuse(
        'old-generation',
        `${plan.hostname}: generation ${plan.fence.generation} is older than ${standing.generation}, which holds the shares`,
      )
    }
    if (isOlder(standing, plan.fence)) return pass
    return refuse('old-sequence', `${plan.hostname}: "${fenceText(plan.fence)}" does not come after "${fenceText(standing)}"`)
  },
}
