// Three repairs in a row mean that somebody else writes the same records: stop, and name them.
import { recordKey } from '#model/record-identity.ts'
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

/** A fight is over when nothing had to be repaired for this long. */
const FORGET_SECONDS = 3_600
const MOST_REPAIRS = 3

export const writeFight: Guard = {
  name: 'write-fight',
  binds: 'everything',
  check: (plan, { repairs, nowSeconds }) => {
    if (plan.cause !== 'repair' || repairs === undefined || repairs.count < MOST_REPAIRS) return pass
    if (nowSeconds - repairs.lastAt > FORGET_SECONDS) return pass
    const touched = plan.changes.flatMap(({ before, after }) => [before, after]).filter((record) => record !== undefined)
    const records = [...new Set(touched.map(recordKey))]
    return refuse(
      'write-fight',
      `${plan.hostname}: somebody else keeps changing ${records.join(', ')}; ${repairs.count} repairs in a row were overwritten, no more is written`,
    )
  },
}
