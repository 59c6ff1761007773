// What people do in the console of Route 53, past everything.
import type { ObservedRecords } from '#model/observed-records.ts'
import type { WeightedRecord } from '#model/record.ts'
import { recordKey } from '#model/record-identity.ts'
import type { HandEdit } from '../history.ts'
import type { World } from './world.ts'

/** Edits one hostname; false when there was nothing to edit. */
export function editByHand(world: World, hostname: string, edit: HandEdit, index: number, value: number): boolean {
  const { zone, model, nowSeconds } = world
  const before = zone.standing(hostname)
  const member = before.members[index % Math.max(1, before.members.length)]
  const after = edited(world, before, member, edit, value)
  if (after === undefined) return false
  zone.edit(hostname, () => after)
  if (before.fence !== after.fence) model.fencesTouched.add(hostname)
  for (const record of [...before.members, ...after.members]) {
    if (!(before.members.includes(record) && after.members.includes(record))) model.membersTouched.add(`${hostname} ${recordKey(record)}`)
  }
  if (after.strangers.length === 0) model.strangersKnown.delete(hostname)
  model.handEdits.set(hostname, [...(model.handEdits.get(hostname) ?? []), nowSeconds])
  return true
}

function edited(
  world: World,
  before: ObservedRecords,
  member: WeightedRecord | undefined,
  edit: HandEdit,
  value: number,
): ObservedRecords | undefined {
  const { hostname, members, fence } = before
  const change = (to: Partial<WeightedRecord>): ObservedRecords | undefined =>
    member === undefined ? undefined : { ...before, members: members.map((one) => (one === member ? { ...member, ...to } : one)) }
  switch (edit) {
    case 'weight':
      return change({ weight: value % 256 })
    case 'ttl':
      return member?.target.kind === 'values' ? change({ target: { ...member.target, ttlSeconds: 60 + value * 10 } }) : undefined
    case 'other-check':
      return change({ healthCheckId: [...world.healthChecks.keys()][value % world.healthChecks.size] ?? 'none' })
    case 'delete-member':
      return member === undefined ? undefined : { ...before, members: members.filter((one) => one !== member) }
    case 'delete-all': {
      const { fence: _gone, ...rest } = before
      return members.length === 0 ? undefined : { ...rest, members: [] }
    }
    case 'delete-fence': {
      const { fence: gone, ...rest } = before
      return gone === undefined ? undefined : rest
    }
    case 'raise-fence':
      return fence === undefined ? undefined : { ...before, fence: { ...fence, sequence: fence.sequence + 1 + (value % 3) } }
    case 'add-stranger':
      return {
        ...before,
        strangers: [
          ...before.strangers,
          { name: hostname, type: 'A', setIdentifier: `by-hand-${value}`, why: 'its set identifier does not begin with ours' },
        ],
      }
    case 'remove-strangers':
      return before.strangers.length === 0 ? undefined : { ...before, strangers: [] }
    case 'undo': {
      // Back to what stood before the last write, its fence too: worse than the journal's batch, which raises the fence.
      const [earlier, last] = (world.model.writes.get(hostname) ?? []).slice(-2)
      const fits = last !== undefined && fence?.sequence === last.fence.sequence && last.members.every((one) => members.includes(one))
      if (earlier === undefined || !fits) return undefined
      return { ...before, members: [...earlier.members], fence: { ...earlier.fence, ttlSeconds: fence.ttlSeconds } }
    }
    case 'delete-check': {
      const used = member?.healthCheckId
      if (used === undefined || !world.healthChecks.delete(used)) return undefined
      return before
    }
  }
}
