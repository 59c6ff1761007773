// Turns what an operator asks for into overrides, checked against the configuration and written to the journal.
import { problemLine } from '#config/problem.ts'
import { BadEvent } from '#handler/bad-event.ts'
import type { Configuration } from '#model/configuration.ts'
import { laterOf } from '#model/fence.ts'
import { type Override, overrideKey, subjectOf } from '#model/override.ts'
import type { OperatorAction, TickEvent } from '#model/tick-event.ts'
import { checkLoss, type LossPorts } from './check-loss.ts'
import { checkOperator } from './check-operator.ts'
import type { RebalancePorts } from './ports.ts'

type OperatorEvent = Extract<TickEvent, { source: 'operator' }>
type Ending = Extract<OperatorAction, { action: 'undrain' | 'unpin' | 'resume' }>
type Setting = Extract<OperatorAction, { action: 'drain' | 'pin' | 'pause' }>

const ENDED_KIND = { undrain: 'drain', unpin: 'pin', resume: 'pause' } as const

/** The overrides afterwards. In a dry run they are computed and nothing is stored. @throws BadEvent before anything is stored */
export async function actOnOperator(
  { request, author, dryRun }: OperatorEvent,
  configuration: Configuration,
  nowSeconds: number,
  ports: Pick<RebalancePorts, 'overrides'> & LossPorts,
): Promise<Override[]> {
  const standing = await ports.overrides.list()
  checkOperator(request, configuration, nowSeconds)
  switch (request.action) {
    case 'tick':
    case 'rollback':
      return standing
    case 'drain':
    case 'pin':
    case 'pause': {
      const override = await overrideOf(request, { author, createdAt: nowSeconds }, ports)
      const after = [...standing.filter((other) => keyOf(other) !== keyOf(override)), override]
      if (override.kind === 'pin')
        await checkLoss(override, { before: standing, after }, { configuration, nowSeconds, isDryRun: dryRun }, ports)
      if (!dryRun) {
        await ports.overrides.put(override)
        await note(override, 'set', nowSeconds, ports)
      }
      return after
    }
    case 'undrain':
    case 'unpin':
    case 'resume': {
      const key = overrideKey(ENDED_KIND[request.action], subjectOfEnding(request))
      if (!standing.some((override) => keyOf(override) === key)) {
        const kind = ENDED_KIND[request.action]
        const known = standing.filter((other) => other.kind === kind).map(subjectOf)
        const place = `event.request.${request.action === 'undrain' ? 'provider' : 'hostname'}`
        const seen = `"${subjectOfEnding(request)}", which has no ${kind}`
        const mend = known.length === 0 ? 'There is nothing to end.' : 'Name one of them.'
        throw new BadEvent(problemLine(place, { seen, allowed: `what has a ${kind}: ${known.join(', ') || 'nothing'}`, mend }))
      }
      const ended = dryRun ? undefined : await ports.overrides.remove(key)
      if (ended !== undefined) await note({ ...ended, author, reason: request.reason }, 'ended', nowSeconds, ports)
      return standing.filter((override) => keyOf(override) !== key)
    }
  }
}

async function overrideOf(
  request: Setting,
  by: { author: string; createdAt: number },
  ports: Pick<RebalancePorts, 'records'>,
): Promise<Override> {
  const { reason, expiresAt } = request
  const attribution = { ...by, reason, expiresAt }
  switch (request.action) {
    case 'drain':
      return { kind: 'drain', provider: request.provider, ...attribution }
    case 'pause':
      return { kind: 'pause', hostname: request.hostname, ...attribution }
    case 'pin': {
      // A pin raises the generation: whoever planned before it can no longer write.
      const records = (await ports.records.load()).get(request.hostname)
      const standing = laterOf(records?.observed.fence, records?.receipt?.fence)?.generation ?? 0
      return {
        kind: 'pin',
        hostname: request.hostname,
        shares: request.shares,
        generation: standing + 1,
        isRollback: false,
        ...attribution,
      }
    }
  }
}

function subjectOfEnding(request: Ending): string {
  return request.action === 'undrain' ? request.provider : request.hostname
}

function keyOf(override: Override): string {
  return overrideKey(override.kind, subjectOf(override))
}

/** A drain concerns every hostname, so it stands in the journal of all. */
async function note(override: Override, action: 'set' | 'ended', at: number, { journal }: Pick<RebalancePorts, 'journal'>): Promise<void> {
  await journal.append({ kind: 'override', at, hostname: override.kind === 'drain' ? '*' : override.hostname, override, action })
}
