// Whether an operator's request fits the configuration: names that exist, shares that add up, an expiry that is neither past nor far.
import { problemLine } from '#config/problem.ts'
import { BadEvent } from '#handler/bad-event.ts'
import { unknownName } from '#handler/known-name.ts'
import type { Configuration } from '#model/configuration.ts'
import { ALL_HOSTNAMES } from '#model/override.ts'
import type { OperatorAction } from '#model/tick-event.ts'

/** Longest life of an override: what must last longer belongs in the configuration. */
const LONGEST_SECONDS = 30 * 86_400
/** Shares typed by a person, such as .33 .33 .34, may be off by this much. */
const ROUNDING = 0.011

/** @throws BadEvent that names the place, the value, what is allowed and the mend */
export function checkOperator(request: OperatorAction, { providers, hostnames }: Configuration, nowSeconds: number): void {
  const names = hostnames.map(({ hostname }) => hostname)
  switch (request.action) {
    case 'tick':
      return
    case 'drain':
    case 'undrain':
      oneOf(
        'provider',
        request.provider,
        providers.map(({ name }) => name),
      )
      break
    case 'pause':
    case 'resume':
      oneOf('hostname', request.hostname, [ALL_HOSTNAMES, ...names])
      break
    case 'pin':
    case 'unpin':
    case 'rollback':
      oneOf('hostname', request.hostname, names)
      break
  }
  if (request.action === 'pin') {
    const allowed = hostnames.find(({ hostname }) => hostname === request.hostname)?.providers.map(({ provider }) => provider) ?? []
    for (const provider of Object.keys(request.shares)) oneOf('shares', provider, allowed)
    const total = Object.values(request.shares).reduce((sum, share) => sum + share, 0)
    if (Math.abs(total - 1) > ROUNDING) {
      throw refusal('shares', `a sum of ${total}`, 'shares that add up to 1', `Change one of them by ${Number((1 - total).toFixed(3))}.`)
    }
  }
  if ('expiresAt' in request && !(request.expiresAt > nowSeconds && request.expiresAt <= nowSeconds + LONGEST_SECONDS)) {
    const allowed = `epoch seconds from now (${Math.floor(nowSeconds)}) to 30 days ahead (${Math.floor(nowSeconds) + LONGEST_SECONDS})`
    throw refusal('expiresAt', String(request.expiresAt), allowed, 'Give it in seconds; what must last longer belongs in sluice.yaml.')
  }
}

function oneOf(place: string, seen: string, allowed: readonly string[]): void {
  if (!allowed.includes(seen)) throw new BadEvent(unknownName(`event.request.${place}`, seen, allowed))
}

function refusal(place: string, seen: string, allowed: string, mend: string): BadEvent {
  return new BadEvent(problemLine(`event.request.${place}`, { seen, allowed, mend }))
}
