// What Route 53 serves for a hostname, by provider: members with their weights, the fence, and the shares answers have now.
import type { AnswerableRecordSet, Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import { answerChances } from '#local/dns/answer.ts'
import { fenceName } from '#model/names.ts'
import type { HostnameView } from './snapshot.ts'

type Plane = Pick<Route53DataPlane, 'recordSets' | 'isHealthy'>

export function hostnameView(plane: Plane, hostname: string): HostnameView {
  const members = weighted(plane, hostname).map((record) => ({
    setIdentifier: record.setIdentifier ?? '',
    provider: providerOf(record),
    type: record.type,
    ttlSeconds: record.ttlSeconds,
    weight: record.weight ?? 0,
    isHealthy: record.healthCheckId === undefined || plane.isHealthy(record.healthCheckId),
  }))
  const [fence] = plane.recordSets(fenceName(hostname), 'TXT').flatMap(({ values }) => values)
  return { hostname, fence: fence?.replaceAll('"', ''), members }
}

/** Share of the answers of one type that lead to each provider, 0–1; A stands for all types, because they move together. */
export function answeredShares(plane: Plane, hostname: string): ReadonlyMap<string, number> {
  const all = weighted(plane, hostname)
  const type = ['A', 'CNAME', 'AAAA'].find((candidate) => all.some((record) => record.type === candidate))
  const shares = new Map<string, number>()
  const chances = answerChances(
    all.filter((record) => record.type === type),
    (id) => plane.isHealthy(id),
  )
  for (const [record, chance] of chances) shares.set(providerOf(record), (shares.get(providerOf(record)) ?? 0) + chance)
  return shares
}

/** Sum of the weights of each provider's members of one type. */
export function weightOf(view: HostnameView, provider: string): number | undefined {
  const type = view.members[0]?.type
  const own = view.members.filter((member) => member.provider === provider && member.type === type)
  return own.length === 0 ? undefined : own.reduce((sum, { weight }) => sum + weight, 0)
}

function weighted(plane: Plane, hostname: string): readonly AnswerableRecordSet[] {
  return plane.recordSets(hostname).filter((record) => record.weight !== undefined)
}

/** `sluice:<hostname>:<provider>:<endpoint>`. */
function providerOf(record: AnswerableRecordSet): string {
  return record.setIdentifier?.split(':')[2] ?? record.setIdentifier ?? ''
}
