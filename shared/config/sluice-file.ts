// What sluice.yaml may say: the one schema of the file, put together from the schemas of the model. The JSON Schema and docs/configuration.md come from it.
import * as z from 'zod'
import { EntersBy, Mode, ShareBounds } from '#model/hostname.ts'
import { MetricSource, Region } from '#model/metric.ts'
import { DnsName, Hostname, ShortName, Version } from '#model/names.ts'
import { Policy } from '#model/policy.ts'
import { HealthCheck, type MeasuredSignal } from '#model/provider.ts'
import { Strategy } from '#model/strategy.ts'
import { ZoneId } from '#model/zone.ts'

/** An endpoint says how it is reached by exactly one of: `ipv4` and/or `ipv6`, `cname`, `alias`. */
export const EndpointInFile = z.strictObject({
  name: ShortName.describe('Name of the endpoint, unique within its provider. It becomes part of the set identifier.'),
  ipv4: z.ipv4().optional().describe('Public IPv4 address: an A record.'),
  ipv6: z.ipv6().optional().describe('Public IPv6 address: an AAAA record. Every endpoint behind a hostname has one, or none has.'),
  cname: DnsName.optional().describe('Another DNS name: a CNAME record. Not at the apex of a zone and not beside addresses.'),
  alias: z
    .strictObject({
      dnsName: DnsName.describe('The DNS name of the AWS resource.'),
      hostedZoneId: z.string().min(1).describe('The hosted zone of the resource, not yours: Route 53 lists it per service and region.'),
      evaluateTargetHealth: z.boolean().default(false).describe("Whether Route 53 asks the resource's own health too."),
      dualStack: z.boolean().default(false).describe('True: an AAAA alias beside the A alias.'),
    })
    .optional()
    .describe('An alias to an AWS resource, such as a load balancer.'),
  service: ShortName.optional().describe(
    'The service that answers here, when its versions have endpoints of their own; goes with version.',
  ),
  version: Version.optional().describe('The version of the service that answers here.'),
})
export type EndpointInFile = z.infer<typeof EndpointInFile>

const source = MetricSource.nullable().optional()

export const SignalsInFile = z
  .strictObject({
    capacity: source.describe('Requests/s the provider can serve now.'),
    load: source.describe('Completed requests/s.'),
    errors: source.describe('Failed requests/s: 5xx, resets, timeouts.'),
    utilisation: source.describe('How busy it is, 0–1.'),
    latency: source.describe('p99 in seconds.'),
  } satisfies Record<MeasuredSignal, typeof source>)
  .describe('Where signals come from. Left out: the metrics in namespace Sluice. null: this provider does not report it.')

export const ProviderInFile = z.strictObject({
  rating: z
    .number()
    .positive()
    .describe('Requests/s the whole provider serves at target utilisation: its share until something is measured.'),
  endpoints: z.array(EndpointInFile).min(1).describe('Where the ingress answers.'),
  healthCheck: HealthCheck.prefault({}).describe('How Route 53 checks each endpoint.'),
  signals: SignalsInFile.prefault({}),
})
export type ProviderInFile = z.infer<typeof ProviderInFile>

export const HostnameInFile = z.strictObject({
  mode: Mode.optional().describe('observe decides and explains, enforce also writes. Left out: policy.mode.'),
  ttlSeconds: z.int().min(1).optional().describe('TTL of the weighted records. Left out: policy.ttlSeconds.'),
  strategy: ShortName.optional().describe('How a canary of this hostname goes: a name under strategies. Left out: standard.'),
  providers: z
    .record(
      ShortName,
      ShareBounds.extend({
        entersBy: EntersBy.optional().describe('canary: it gets nothing until a canary has brought it in; left out: its share by capacity'),
      }).nullable(),
    )
    .optional()
    .describe('The providers that serve this hostname, each with bounds on its share (0–1). Left out: all, without bounds.'),
})
export type HostnameInFile = z.infer<typeof HostnameInFile>

export const ServiceInFile = z.strictObject({
  hostname: Hostname.describe('The hostname that its versions answer for, in place of the ingress endpoints.'),
  stable: Version.describe('The version that serves until a canary has promoted another.'),
})
export type ServiceInFile = z.infer<typeof ServiceInFile>

export const SluiceFile = z
  .strictObject({
    stage: ShortName.default('prod').describe('Name of this installation; part of every name it creates.'),
    homeRegion: Region.default('us-east-1').describe("The region of the stack. Route 53's health metrics live in us-east-1."),
    alarmTopicArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
        'the ARN of an SNS topic such as arn:aws:sns:us-east-1:123456789012:on-call',
      )
      .optional()
      .describe('An SNS topic in the home region that all alarms tell. It exists already.'),
    zones: z.record(DnsName, ZoneId).describe('The public hosted zones, by name, with their ids.'),
    policy: Policy.prefault({}).describe('What holds for all hostnames.'),
    providers: z
      .record(ShortName, ProviderInFile)
      .describe('The clouds, by name. The name is a metric dimension and part of set identifiers.'),
    services: z
      .record(ShortName, ServiceInFile)
      .default({})
      .describe('Services whose versions run side by side, each with an endpoint of its own at every provider.'),
    strategies: z
      .record(ShortName, Strategy)
      .default({})
      .describe('How canaries go, by name. standard is there without being named: list 1, 5, 25, 50, all else as below.'),
    hostnames: z.record(Hostname, HostnameInFile.nullable()).describe('The DNS names whose weighted records are spread over providers.'),
  })
  .describe('Configuration of Sluice.')
export type SluiceFile = z.infer<typeof SluiceFile>
