// A person at the AWS API: drains through the product's own function, edits records by hand, and sets up static records where there is no controller.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { type Change, ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import * as z from 'zod'
import type { Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import type { OperatorAction } from '#model/tick-event.ts'
import { clientSettings } from './client-settings.ts'
import { recordInput } from './record-input.ts'

export type OperatorOptions = {
  readonly endpoint: string
  readonly region: string
  readonly rebalanceFunction: string | undefined
  readonly nowSeconds: () => number
  readonly plane: Pick<Route53DataPlane, 'recordSets'>
}

export type MemberEdit = { readonly weight?: number | undefined; readonly ttlSeconds?: number | undefined }

export interface Operator {
  /** Asks the product; the sentence says what it answered. Throws `OperatorRefused` when it refused. */
  request(request: OperatorAction): Promise<string>
  /** Changes members of one name by hand: those of a provider, or all. */
  editMembers(hostname: string, provider: string | undefined, edit: MemberEdit): Promise<void>
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
      if (answer.FunctionError !== undefined) throw refused(errorMessage(payload))
      return payload
    },
    async editMembers(hostname, provider, { weight, ttlSeconds }) {
      const members = plane.recordSets(hostname).filter((record) => record.setIdentifier !== undefined)
      const own = provider === undefined ? members : members.filter((record) => record.setIdentifier?.split(':')[2] === provider)
      const zoneId = own[0]?.zoneId
      if (zoneId === undefined) throw refused(`${hostname} has no record${provider === undefined ? '' : ` of ${provider}`} to edit`)
      await change(
        zoneId,
        own.map((record) => ({
          Action: 'UPSERT',
          ResourceRecordSet: recordInput({ ...record, weight: weight ?? record.weight, ttlSeconds: ttlSeconds ?? record.ttlSeconds }),
        })),
      )
    },
    close() {
      route53.destroy()
      lambda.destroy()
    },
  }
}

/** Lambda developer guide, "Node.js function errors": the trace is for the log, the message is for people. */
const FunctionFailure = z.object({ errorMessage: z.string().min(1) })

export function errorMessage(payload: string): string {
  try {
    return FunctionFailure.parse(JSON.parse(payload)).errorMessage
  } catch {
    return `the function failed: ${payload.slice(0, 200)}`
  }
}

function refused(message: string): Error {
  const error = new Error(message)
  error.name = 'OperatorRefused'
  return error
}
