// Lists the records of one hostname and remembers them: Route 53 is the truth, the table its copy.
import type { ObservedRecords } from '#model/observed-records.ts'
import { sameRecords } from '#model/record-identity.ts'
import type { ApplyPorts } from './ports.ts'

export async function look(zoneId: string, hostname: string, ports: Pick<ApplyPorts, 'zone' | 'records'>): Promise<ObservedRecords> {
  const observed = await ports.zone.list(zoneId, hostname)
  await keep(observed, ports)
  return observed
}

/** Remembers what was seen, beside what is known of the hostname already. */
export async function keep(observed: ObservedRecords, { records }: Pick<ApplyPorts, 'records'>): Promise<void> {
  const before = await records.get(observed.hostname)
  const isOurs = before?.isOurs === true && sameRecords(before.observed.members, observed.members) ? true : undefined
  await records.put({ ...before, observed, isOurs })
}
