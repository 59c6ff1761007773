// Three overwritten writes in a row mean that somebody else writes the same records: stop, and name them.
import type { Plan } from '#model/plan.ts'
import { recordKey } from '#model/record-identity.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

/** A fight is over when nothing had to be put back for this long. */
export const FORGET_SECONDS = 3_600
const MOST_REPAIRS = 3
/** What a person wants, a canary's way back, and what takes clients away from a cloud that is down: it counts, but nothing may delay it. */
const PASSES: ReadonlySet<Plan['cause']> = new Set(['override', 'rollback', 'probe', 'panic'])

export const writeFight: Guard = {
  name: 'write-fight',
  binds: 'everything',
  check: (plan, { repairs, isOurs, nowSeconds }) => {
    if (repairs === undefined || repairs.count < MOST_REPAIRS || PASSES.has(plan.cause)) return pass
    // Our last write still stands, so nobody answers it.
    if (isOurs === true) return pass
    if (nowSeconds - repairs.lastAt > FORGET_SECONDS) return pass
    const touched = plan.changes.flatMap(({ before, after }) => [before, after]).filter((record) => record !== undefined)
    const records = [...new Set(touched.map(recordKey))]
    return refuse(
      'write-fight',
      `${plan.hostname}: somebody else keeps changing ${records.join(', ')}; ${repairs.count} repairs in a row were overwritten, no more is written`,
    )
  },
}
