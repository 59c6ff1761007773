// Builds record sets and a small data plane for the tests of the name server.
import type { AnswerableRecordSet, Route53DataPlane } from '#local/aws/route53/data-plane.ts'

export function aRecordSet(over: Partial<AnswerableRecordSet> = {}): AnswerableRecordSet {
  return { zoneId: 'Z1', name: 'media.example.test', type: 'A', ttlSeconds: 60, values: ['192.0.2.1'], ...over }
}

export function aWeighted(setIdentifier: string, weight: number, healthCheckId?: string): AnswerableRecordSet {
  return aRecordSet({
    setIdentifier,
    weight,
    ...(healthCheckId === undefined ? {} : { healthCheckId }),
    values: [`192.0.2.${weight % 250}`],
  })
}

export function aPlane(
  records: readonly AnswerableRecordSet[],
  red: readonly string[] = [],
): Pick<Route53DataPlane, 'recordSets' | 'zones' | 'isHealthy'> {
  return {
    recordSets: (name, type) => records.filter((record) => record.name === name && (type === undefined || record.type === type)),
    zones: () => [{ id: 'Z1', name: 'example.test' }],
    isHealthy: (id) => !red.includes(id),
  }
}
