// A record as the name servers serve it → as the API takes it: to change it by hand, or to name it exactly in a DELETE.
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { AnswerableRecordSet } from '#local/aws/route53/data-plane.ts'

export function recordInput(record: AnswerableRecordSet): ResourceRecordSet {
  const { name, type, setIdentifier, weight, healthCheckId, alias, ttlSeconds, values } = record
  const target =
    alias === undefined
      ? { TTL: ttlSeconds, ResourceRecords: values.map((Value) => ({ Value })) }
      : { AliasTarget: { DNSName: alias.dnsName, HostedZoneId: alias.hostedZoneId, EvaluateTargetHealth: alias.evaluateTargetHealth } }
  return {
    Name: name,
    Type: type as ResourceRecordSet['Type'],
    SetIdentifier: setIdentifier,
    Weight: weight,
    HealthCheckId: healthCheckId,
    ...target,
  }
}
