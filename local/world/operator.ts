// A person at the AWS API: drains through the product's own function, edits records by hand, and sets up static records where there is no controller.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { type Change, ChangeResourceRecordSetsCommand, type ResourceRecordSet, Route53Client } from '@aws-sdk/client-route-53'
import type { AnswerableRecordSet, Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import type { OperatorAction } from '#model/tick-event.ts'
import { clientSettings } from './client-settings.ts'

export type OperatorOptions = {
  readonly endpoint: string
  readonly region: string
  readonly rebalanceFunction: string | undefined
  readonly nowSeconds: () => number
  readonly plane: Pick<Route53DataPlane, 'recordSets'>
}

export interface Operator {
  /** Asks the product; the sentence says what it answered. Throws `OperatorRefused` when it refused. */
  request(request: OperatorAction): Promise<string>
  /** Changes the weights of a provider's members of one name by hand. */
  editWeights(hostname: string, provider: string, weight: number): Promise<void>
  change(zoneId: string, changes: Change[]): Promise<void>
  close(): void
}

const AUTHOR = 'arn:aws:iam::123456789012:root'

export function createOperator({ endpoint, region, rebalanceFunction, nowSeconds, plane }: OperatorOptions): Operator {
  const settings = clientSettings(endpoint, region)
  const route53 = new Route53Client(settings)
  const lambda = new LambdaClient(settings)

  async function change(zoneId: string, changes: Change[]): Promise<void> {
    await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes: changes } }))
  }

  return {
    change,
    async request(request) {
      if (rebalanceFunction === undefined) throw refused('there is no controller to ask: the local system runs without rebalance')
      const event = { source: 'operator', time: nowSeconds(), author: AUTHOR, request }
      const answer = await lambda.send(new InvokeCommand({ FunctionName: rebalanceFunction, Payload: JSON.stringify(event) }))
      const payload = new TextDecoder().decode(answer.Payload)
      if (answer.FunctionError !== undefined) throw refused(payload)
      return payload
    },
    async editWeights(hostname, provider, weight) {
      const own = plane.recordSets(hostname).filter((record) => record.setIdentifier?.split(':')[2] === provider)
      const zoneId = own[0]?.zoneId
      if (zoneId === undefined) throw refused(`${hostname} has no record of ${provider} to edit`)
      await change(
        zoneId,
        own.map((record) => ({ Action: 'UPSERT', ResourceRecordSet: { ...asInput(record), Weight: weight } })),
      )
    },
    close() {
      route53.destroy()
      lambda.destroy()
    },
  }
}

function asInput(record: AnswerableRecordSet): ResourceRecordSet {
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

function refused(message: string): Error {
  const error = new Error(message)
  error.name = 'OperatorRefused'
  return error
}
