// Lists the records of one hostname and remembers them: Route 53 is the truth, the table its copy.
import type { ObservedRecords } from '#model/observed-records.ts'
import type { ApplyPorts } from './ports.ts'

export async function look(zoneId: string, hostname: string, ports: Pick<ApplyPorts, 'zone' | 'records'>): Promise<ObservedRecords> {
  const observed = await ports.zone.list(zoneId, hostname)
  const before = await ports.records.get(hostname)
  await ports.records.put({ observed, receipt: before?.receipt, repairs: before?.repairs })
  return observed
}
