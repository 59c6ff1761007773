// A hosted zone on the in-process AWS with two clouds and their health checks: what tests of writers on the wire begin with.
import { CreateHealthCheckCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { createInProcessAws } from '#local/aws/in-process-aws.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { aConfiguration, aHostname, aProvider } from '#test/builders/configuration.ts'

export async function zoneOnTheWire(name: string) {
  const clock = createLocalClock({ speed: 20 })
  const aws = await createInProcessAws({ clock })
  const client = new Route53Client({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'root', secretAccessKey: 'root' },
  })
  const { HostedZone } = await client.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: name }))
  const zoneId = HostedZone?.Id?.replace('/hostedzone/', '') ?? ''
  const endpoint = async (ipv4: string) => {
    const HealthCheckConfig = { Type: 'HTTP' as const, IPAddress: ipv4, Port: 80, RequestInterval: 10, FailureThreshold: 3 }
    const { HealthCheck } = await client.send(new CreateHealthCheckCommand({ CallerReference: ipv4, HealthCheckConfig }))
    return [{ name: 'edge', address: { ipv4 }, healthCheckId: HealthCheck?.Id ?? '' }]
  }
  const hostname = aHostname({ zoneId })
  const configuration = aConfiguration({
    providers: [
      aProvider({ endpoints: await endpoint('192.0.2.10') }),
      aProvider({ name: 'hetzner', endpoints: await endpoint('198.51.100.10') }),
    ],
    hostnames: [hostname],
  })
  return { aws, clock, zone: route53Zone(client, clock.nowSeconds), configuration, hostname }
}
