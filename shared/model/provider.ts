// One cloud: what it is rated at, where it answers, how Route 53 checks it, and where its signals come from.
import * as z from 'zod'
import { MetricSource } from './metric.ts'
import { DnsName, ShortName, Version } from './names.ts'
import { AliasTarget } from './record.ts'

/** How an endpoint is reached: addresses, another name, or an alias to an AWS resource. Exactly one kind; A and AAAA go together. */
export const Address = z.union([
  z.strictObject({ ipv4: z.ipv4(), ipv6: z.ipv6().optional() }),
  z.strictObject({ ipv6: z.ipv6() }),
  z.strictObject({ cname: DnsName }),
  z.strictObject({ alias: AliasTarget, ipv6: z.literal(true).optional() }),
])
export type Address = z.infer<typeof Address>

export const Endpoint = z.object({
  name: ShortName,
  address: Address,
  /** Known once the stack exists; the deployment writes it to the parameter of the provider. */
  healthCheckId: z.string().min(1).optional(),
  /** Where it belongs to one version of a service: that service's hostname is answered by such endpoints alone. */
  of: z.object({ service: ShortName, version: Version }).optional(),
})
export type Endpoint = z.infer<typeof Endpoint>

export const HealthCheck = z.strictObject({
  protocol: z.enum(['HTTP', 'HTTPS', 'TCP']).default('HTTPS').describe('HTTP and HTTPS want a 2xx or 3xx, TCP a connection'),
  port: z.int().min(1).max(65_535).optional().describe('left out: 80 or 443; required for TCP'),
  path: z.string().startsWith('/').max(255).optional().describe('what is asked for; left out: /'),
  host: DnsName.optional().describe('the Host header and TLS server name that the checkers send; not for cname and alias endpoints'),
  intervalSeconds: z
    .union([z.literal(10), z.literal(30)])
    .default(10)
    .describe('seconds between the checks of one checker'),
  failureThreshold: z.int().min(1).max(10).default(3).describe('checks in a row that must fail, or succeed, to change the verdict'),
})
export type HealthCheck = z.infer<typeof HealthCheck>

/** Signals beside the probe; each is read from one metric. Units as in the table of `docs/signals.md`. */
export const MeasuredSignal = z.enum(['capacity', 'load', 'errors', 'utilisation', 'latency'])
export type MeasuredSignal = z.infer<typeof MeasuredSignal>

export const Provider = z.object({
  name: ShortName,
  /** Requests/s the whole provider serves at target utilisation; the share before anything was measured. */
  rating: z.number().positive(),
  endpoints: z.array(Endpoint).min(1),
  healthCheck: HealthCheck,
  /** Resolved: defaults are filled in by the configuration. `null` says the provider does not report it. */
  signals: z.record(MeasuredSignal, MetricSource.nullable()),
})
export type Provider = z.infer<typeof Provider>
