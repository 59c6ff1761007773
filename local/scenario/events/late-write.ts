// A writer that reads the records, is paused, and sends its batch long afterwards: the exact DELETE of what it saw, members and fence, and what it wants instead.
import { type Change, ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53'
import { recordInput } from '#local/world/record-input.ts'
import type { Story } from '#local/world/snapshot.ts'
import { fenceName } from '#model/names.ts'
import type { StoryAccount } from './story-account.ts'

export type LateWrite = { readonly hostname: string; readonly provider: string; readonly weight: number; readonly afterSeconds: number }

/** Settles when the batch was answered; a refusal is told under the kind `refused`, which the story did not say of itself. */
export async function lateWrite(write: LateWrite, { stack, clock }: Pick<StoryAccount, 'stack' | 'clock'>): Promise<Story> {
  const remembered = remember(write, stack.aws.route53)
  const since = clock.nowSeconds()
  await clock.sleep(write.afterSeconds)
  const batch = { HostedZoneId: remembered.zoneId, ChangeBatch: { Changes: remembered.changes } }
  const at = clock.nowSeconds()
  const who = `a writer paused for ${Math.round(at - since)} s`
  try {
    await stack.clients.route53.send(new ChangeResourceRecordSetsCommand(batch))
    return { at, kind: 'event', sentence: `${who} overwrote ${write.hostname} with weight ${write.weight} for ${write.provider}` }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InvalidChangeBatch') throw error
    return { at, kind: 'refused', sentence: `${who} was refused at ${write.hostname}: ${error.message}` }
  }
}

function remember({ hostname, provider, weight }: LateWrite, plane: StoryAccount['stack']['aws']['route53']) {
  const members = plane.recordSets(hostname).filter((record) => record.setIdentifier !== undefined)
  const fences = plane.recordSets(fenceName(hostname), 'TXT')
  const isOwn = (setIdentifier = '') => setIdentifier.split(':')[2] === provider
  const wanted = [
    ...members.map((record) => (isOwn(record.setIdentifier) ? { ...record, weight } : record)),
    ...fences.map((record) => ({ ...record, values: record.values.map(nextSequence) })),
  ]
  const changes = [
    ...[...members, ...fences].map((record): Change => ({ Action: 'DELETE', ResourceRecordSet: recordInput(record) })),
    ...wanted.map((record): Change => ({ Action: 'CREATE', ResourceRecordSet: recordInput(record) })),
  ]
  return { zoneId: members[0]?.zoneId, changes }
}

/** `gen=1 seq=4` → `gen=1 seq=5`, whatever quotes stand around it. */
export function nextSequence(text: string): string {
  return text.replace(/seq=(\d+)/, (_all, digits: string) => `seq=${Number(digits) + 1}`)
}
