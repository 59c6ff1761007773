// Every write is known afterwards, with its way back, also when its answer was lost.
import { fenceText, sameFence } from '#model/fence.ts'
import type { Rule } from './rule.ts'

export const receipt: Rule = {
  name: 'receipt',
  ended: (run, { model }) => {
    if (!run.isAlone || run.invocation.state !== 'ended') return undefined
    for (const { kind, hostname } of run.outcomes) {
      if (kind !== 'applied' && kind !== 'already') continue
      const fence = model.writes.get(hostname)?.at(-1)?.fence
      if (fence !== undefined && !sameFence(model.journalled.get(hostname), fence))
        return `${hostname}: "${fenceText(fence)}" was written and is ${kind}, and the journal does not know of it`
    }
    return undefined
  },
}
