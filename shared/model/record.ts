// One weighted record as it stands, or should stand, in Route 53.
import * as z from 'zod'
import { DnsName, Hostname } from './names.ts'

export const RecordType = z.enum(['A', 'AAAA', 'CNAME'])
export type RecordType = z.infer<typeof RecordType>

/** Route 53: weights are whole numbers from 0 to 255 (API reference, ResourceRecordSet). */
export const MAX_WEIGHT = 255
export const Weight = z.int().min(0).max(MAX_WEIGHT)

export const AliasTarget = z.object({
  dnsName: DnsName,
  hostedZoneId: z.string().min(1),
  evaluateTargetHealth: z.boolean().default(false),
})
export type AliasTarget = z.infer<typeof AliasTarget>

/** What the record answers: values with a TTL, or an alias, which has neither. */
export const RecordTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('values'), values: z.array(z.string().min(1)).min(1), ttlSeconds: z.int().min(0) }),
  z.object({ kind: z.literal('alias'), alias: AliasTarget }),
])
export type RecordTarget = z.infer<typeof RecordTarget>

export const WeightedRecord = z.object({
  name: Hostname,
  type: RecordType,
  setIdentifier: z.string().min(1).max(128),
  weight: Weight,
  target: RecordTarget,
  healthCheckId: z.string().min(1).optional(),
})
export type WeightedRecord = z.infer<typeof WeightedRecord>
