// The way back: from every state, at once, but never onto what is down.
import type { ControlRow } from '#model/canary.ts'
import type { Advance, CanaryWorld } from '../world.ts'
import { type CanaryRule, hasNoWayBack, stepOf } from './rule.ts'

const isBack = ({ canary }: ControlRow): boolean => canary?.phase === 'rollingBack' || canary?.phase === 'ended'

export const rollbackReachable: CanaryRule = {
  name: 'rollback-reachable',
  advanced: (advance, world) => {
    const { by, after } = advance
    if (by.kind !== 'operator' || (by.action !== 'abort' && by.action !== 'died')) return undefined
    if (!isBack(after)) return blockedWithout(after, `${by.action} left it ${after.canary?.phase}`, world)
    return isStable(advance) ? undefined : `${by.action} left the shares ${JSON.stringify([after.versionShares, after.providerParts])}`
  },
  swept: (row, world) => {
    const execution = world.executions.find(({ arn }) => arn === row?.canary?.execution)
    if (row === undefined || row.canary?.phase === 'ended' || execution?.state === 'running' || execution === undefined) return undefined
    return blockedWithout(row, `its execution is ${execution.state} and reconcile has looked, and it is ${row.canary?.phase}`, world)
  },
}

export const abortWhileWaiting: CanaryRule = {
  name: 'abort-while-waiting',
  advanced: (advance, world) => {
    const { was } = stepOf(advance) ?? {}
    if (advance.by.kind !== 'machine' || was?.abortAsked === undefined || isBack(advance.after)) return undefined
    return blockedWithout(advance.after, `${advance.by.event} went on to ${advance.after.canary?.phase} although it is aborted`, world)
  },
  minute: (row, { executions, now }) => {
    const execution = executions.find(({ arn, state }) => arn === row?.canary?.execution && state === 'running')
    return execution !== undefined && execution.dueAt > now() + 60 ? `a wait of ${execution.dueAt - now()} s` : undefined
  },
}

export const brokenTarget: CanaryRule = {
  name: 'broken-target',
  advanced: ({ before, after, by }, world) => {
    if (before === undefined || after.cause !== 'rollback' || after.generation === before.generation) return undefined
    const [target] = Object.entries(after.versionShares).flatMap(([version, share]) => (share === 1 ? [version] : []))
    if (target === undefined || (before.versionShares[target] ?? 0) === 1 || !world.isKnownRed(target) || world.state.aliveMinutes < 1)
      return undefined
    return `${by.kind === 'operator' ? by.action : 'the machine'} sent everybody back to ${target}, whose checks are all red`
  },
}

/** Standing still is right only where nobody may be sent back, and then it is said. */
function blockedWithout(row: ControlRow, sentence: string, { isRed }: CanaryWorld): string | undefined {
  const { subject } = row.canary ?? {}
  const isBlocked = subject?.kind === 'version' && isRed(subject.from) && hasNoWayBack(row)
  return isBlocked ? undefined : `${sentence}: ${row.canary?.reason.sentence}`
}

function isStable({ before, after }: Advance): boolean {
  const { subject } = before?.canary ?? {}
  if (subject === undefined) return false
  return subject.kind === 'version' ? after.versionShares[subject.from] === 1 : after.providerParts[subject.provider] === subject.from
}
