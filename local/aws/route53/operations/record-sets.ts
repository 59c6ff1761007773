// ChangeResourceRecordSets, ListResourceRecordSets, GetChange.
import { ServiceFault } from '../../wire/service-fault.ts'
import { applyBatch } from '../change-batch.ts'
import { changeInfo } from '../change-ledger.ts'
import { noSuchHealthCheck } from '../health-checks.ts'
import { servedRecords } from '../hosted-zones.ts'
import { listRecords } from '../list-records.ts'
import { readChanges } from '../record-input.ts'
import { normalizedName } from '../record-name.ts'
import { arnOf, bareId, type RestInput, type RestOperation, type RestOutput } from '../rest-operation.ts'
import type { Route53State } from '../state.ts'

export function recordSetOperations(state: Route53State): Readonly<Record<string, RestOperation>> {
  return {
    ChangeResourceRecordSets: { permissions: changePermissions, run: (input) => change(state, input) },
    ListResourceRecordSets: {
      permissions: ({ path }) => [{ action: 'route53:ListResourceRecordSets', resource: arnOf('hostedzone', bareId(path[0])) }],
      run: ({ path, query }) => ({ content: listRecords(state.zones.get(bareId(path[0])).records, query) }),
    },
    GetChange: {
      permissions: ({ path }) => [{ action: 'route53:GetChange', resource: arnOf('change', bareId(path[0])) }],
      run: ({ path }) => ({ content: { ChangeInfo: changeInfo(state.changes.get(bareId(path[0])), state.clock.nowSeconds()) } }),
    },
  }
}

/** The three condition keys of the action, each with every value of the batch (developer guide, "Using IAM policy conditions for fine-grained access control"). */
function changePermissions({ path, body }: RestInput) {
  const changes = readChanges(body)
  const each = (value: (change: (typeof changes)[number]) => string) => [...new Set(changes.map(value))]
  return [
    {
      action: 'route53:ChangeResourceRecordSets',
      resource: arnOf('hostedzone', bareId(path[0])),
      context: {
        'route53:changeresourcerecordsetsnormalizedrecordnames': each(({ record }) => normalizedName(record.name)),
        'route53:changeresourcerecordsetsrecordtypes': each(({ record }) => record.type),
        'route53:changeresourcerecordsetsactions': each(({ action }) => action),
      },
    },
  ]
}

/** Reads, checks and writes within one turn of the event loop: nothing can come between, so two batches on one state cannot both win. */
function change(state: Route53State, { path, body }: RestInput): RestOutput {
  const zone = state.zones.get(bareId(path[0]))
  const changes = readChanges(body)
  const now = state.clock.nowSeconds()
  // "If Amazon Route 53 can't process a request before the next request arrives, it will reject subsequent requests for the same hosted zone and return
  // an HTTP 400 error (Bad request)" (API reference, PriorRequestNotComplete).
  if (now < zone.busyUntil) {
    throw new ServiceFault('PriorRequestNotComplete', 'The request was rejected because Route 53 was still processing a prior request.')
  }
  for (const { action, record } of changes) {
    const id = record.healthCheckId
    if (action !== 'DELETE' && id !== undefined && state.healthChecks.find(id) === undefined) throw noSuchHealthCheck(id)
  }
  const outcome = applyBatch(
    { id: zone.id, name: zone.name, records: zone.records, recordsOf: (id) => state.zones.find(id)?.records },
    changes,
  )
  if (outcome.kind === 'refused') {
    throw new ServiceFault('InvalidChangeBatch', `[${outcome.messages.join(', ')}]`, 400, { messages: outcome.messages })
  }
  // Changes reach the name servers in the order they were made.
  const inSyncAt = Math.max(now + state.settings.propagationSeconds, zone.versions.at(-1)?.inSyncAt ?? now)
  // Forgets what no name server answers from any more: without a name server in the process nobody else would.
  servedRecords(zone, now)
  zone.records = outcome.records
  zone.versions.push({ inSyncAt, records: outcome.records })
  zone.busyUntil = now + state.settings.processingSeconds
  const comment = (body.ChangeBatch as { Comment?: string }).Comment
  return { content: { ChangeInfo: changeInfo(state.changes.add(now, inSyncAt, comment), now) } }
}
