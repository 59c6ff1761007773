// Lists the records of one hostname and remembers them: Route 53 is the truth, the table its copy.
import type { ObservedRecords } from '#model/observed-records.ts'
import type { ApplyPorts } from './ports.ts'
import { seenAgain } from './seen-again.ts'

export async function look(zoneId: string, hostname: string, ports: Pick<ApplyPorts, 'zone' | 'records'>): Promise<ObservedRecords> {
  const observed = await ports.zone.list(zoneId, hostname)
  await keep(observed, ports)
  return observed
}

/** Remembers what was seen, beside what is known of the hostname already. */
export async function keep(observed: ObservedRecords, { records }: Pick<ApplyPorts, 'records'>): Promise<void> {
  await records.put(seenAgain(await records.get(observed.hostname), observed))
}
