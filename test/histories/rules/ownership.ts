// Invariant 12. A record that is not ours stops the write as soon as it is known, and nothing of somebody else's is touched.
import { providerOf } from '#model/record-identity.ts'
import type { Rule } from './rule.ts'

export const ownership: Rule = {
  name: 'ownership',
  sent: ({ run, swap, before }, { model }) => {
    const { hostname } = swap
    const foreign = [...swap.create, ...swap.remove].find(
      (record) => record.name !== hostname || providerOf(hostname, record) === undefined,
    )
    if (foreign !== undefined) return `${hostname}: a batch touches "${foreign.setIdentifier}", which is not ours`
    if ((run.known.get(hostname)?.strangers.length ?? 0) > 0)
      return `${hostname}: a batch was sent although this run itself had seen a record that is not ours`
    // A run that had read the table before the sweep stored what it saw cannot know it.
    const isKnown = run.isAlone && before.strangers.length > 0 && model.strangersKnown.has(hostname)
    return isKnown ? `${hostname}: a batch was sent although a sweep had found and stored a record that is not ours` : undefined
  },
}
