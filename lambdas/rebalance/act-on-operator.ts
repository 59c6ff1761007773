// Turns what an operator asks for into overrides, checked against the configuration and written to the journal.
import { BadEvent } from '#handler/bad-event.ts'
import type { Configuration } from '#model/configuration.ts'
import { type Override, overrideKey } from '#model/override.ts'
import type { TickEvent } from '#model/tick-event.ts'
import type { RebalancePorts } from './ports.ts'

type OperatorEvent = Extract<TickEvent, { source: 'operator' }>

/** Longest life of an override: what must last longer belongs in the configuration. */
const LONGEST_SECONDS = 30 * 86_400

/** The overrides in force afterwards. In a dry run they are computed and nothing is stored. */
export async function actOnOperator(
  { request, author, dryRun }: OperatorEvent,
  configuration: Configuration,
  nowSeconds: number,
  ports: Pick<RebalancePorts, 'overrides' | 'journal'>,
): Promise<Override[]> {
  if (request.action === 'tick') return ports.overrides.list()
  const names = configuration.providers.map(({ name }) => name)
  if (!names.includes(request.provider)) {
    throw new BadEvent(`event.request.provider: allowed are ${names.join(', ')}; seen ${JSON.stringify(request.provider)}`)
  }
  const key = overrideKey({ kind: 'drain', provider: request.provider })
  const others = (await ports.overrides.list()).filter((override) => overrideKey(override) !== key)
  switch (request.action) {
    case 'drain': {
      if (request.expiresAt <= nowSeconds || request.expiresAt > nowSeconds + LONGEST_SECONDS) {
        throw new BadEvent(`event.request.expiresAt: allowed are times up to 30 days from now (${nowSeconds}); seen ${request.expiresAt}`)
      }
      const { provider, reason, expiresAt } = request
      const drain: Override = { kind: 'drain', provider, author, reason, createdAt: nowSeconds, expiresAt }
      if (!dryRun) {
        await ports.overrides.put(drain)
        await ports.journal.append({ kind: 'override', at: nowSeconds, hostname: '*', override: drain, action: 'set' })
      }
      return [...others, drain]
    }
    case 'undrain': {
      const ended = dryRun ? undefined : await ports.overrides.remove(key)
      if (ended !== undefined) {
        await ports.journal.append({
          kind: 'override',
          at: nowSeconds,
          hostname: '*',
          override: { ...ended, author, reason: request.reason },
          action: 'ended',
        })
      }
      return others
    }
  }
}
