// What becomes of a decision when somebody holds the shares of a hostname: the held shares, as far as capacity and health allow.
import type { Decision, ProviderDecision } from '#model/decision.ts'
import type { Pin } from '#model/override.ts'
import type { DecidedShares } from '#model/plan.ts'
import { heldSetId } from '#model/provider-set.ts'
import type { Reason } from '#model/reason.ts'
import { lossNotice } from './loss-notice.ts'
import { share as share2 } from './number-text.ts'

/** What stands at the hostname, and which decision the last write there carried out; either may be unknown. */
export type HeldStanding = {
  readonly shares?: Readonly<Record<string, number>> | undefined
  readonly written?: DecidedShares | undefined
}

/** Held shares move with demand and capacity where those bound them; less than this is not worth a write. */
const SMALL_POINTS = 0.01

/**
 * A held share is never above capacity and never on a provider that is down: what does not fit goes to the others that may serve, in
 * proportion to the room they have. When none of the held providers may serve, the decision stands as it was.
 *
 * @param hostname names the decision, because it no longer belongs to the whole set
 */
export function holdShares(decision: Decision, pin: Pin, hostname: string, standing: HeldStanding = {}): Decision {
  const wanted = decision.providers.map((provider) => (mayBeHeld(provider) ? (pin.shares[provider.provider] ?? 0) : 0))
  const total = sum(wanted)
  if (total <= 0) return { ...decision, notices: [...decision.notices, nobodyHeld(hostname, pin)] }
  const shares = underCapacity(
    wanted.map((share) => share / total),
    decision,
    pin,
  )
  const { lastChange: _ofTheSet, ...rest } = decision
  const before = sharesBefore(decision.providers, standing)
  const fresh = decision.providers.map((provider, index) => heldProvider(provider, shares[index] ?? 0, pin, before))
  const written = amongThese(standing.written, fresh)
  const isNews = isNewsOf(fresh, pin, hostname, written)
  const providers = isNews ? fresh : fresh.map((provider) => heldProvider(provider, written?.shares[provider.provider] ?? 0, pin, before))
  const held: Decision = {
    ...rest,
    set: heldSetId(hostname),
    isChange: isNews,
    cause: 'override',
    providers: [...providers],
    reason: headline(hostname, pin, providers),
  }
  const loss = lossNotice(held, decision)
  return loss === undefined ? held : { ...held, notices: [...held.notices, loss] }
}

/** A tier that the decision keeps closed is open to a person; what is down or drained is not. */
function mayBeHeld({ role, condition }: ProviderDecision): boolean {
  return role === 'serving' || (role === 'none' && condition.kind !== 'down' && condition.kind !== 'drained')
}

/** Whether the last write carried out these shares already: then what differs in the records is no decision but a repair. */
function isNewsOf(providers: readonly ProviderDecision[], pin: Pin, hostname: string, written: DecidedShares | undefined): boolean {
  if (written?.set !== heldSetId(hostname) || written.generation !== pin.generation) return true
  if (written.withheld.join() !== withheldIn(providers).join()) return true
  return providers.some(({ provider, share }) => {
    const before = written.shares[provider] ?? 0
    return (before === 0) !== (share === 0) || Math.abs(share - before) > SMALL_POINTS
  })
}

/** A rollback may have written a share for a provider that has left the configuration; the others are compared among themselves. */
function amongThese(written: DecidedShares | undefined, providers: readonly ProviderDecision[]): DecidedShares | undefined {
  const total = sum(providers.map(({ provider }) => written?.shares[provider] ?? 0))
  if (written === undefined || total <= 0) return written
  return { ...written, shares: Object.fromEntries(Object.entries(written.shares).map(([name, share]) => [name, share / total])) }
}

/** Who keeps the return weight. */
export function withheldIn(providers: readonly ProviderDecision[]): string[] {
  return providers.flatMap(({ provider, role }) => (role === 'withheld' ? [provider] : []))
}

/** Moves what exceeds a provider's estimate to those with room; when nobody has room the held shares stay. */
function underCapacity(wanted: readonly number[], { demand, providers }: Decision, { members, shares }: Pin): number[] {
  if (demand === undefined || demand <= 0) return [...wanted]
  // What a rollback brought back has no record of a provider that came later.
  const hasRecord = ({ provider }: ProviderDecision) => members === undefined || shares[provider] !== undefined
  const mayCarry = (provider: ProviderDecision, index: number) =>
    (provider.role === 'serving' && hasRecord(provider)) || (wanted[index] ?? 0) > 0
  const most = providers.map((provider, index) => (mayCarry(provider, index) ? provider.capacityEstimate / demand : 0))
  const fitting = wanted.map((share, index) => Math.min(share, most[index] ?? 0))
  const room = most.map((limit, index) => Math.max(0, limit - (fitting[index] ?? 0)))
  const excess = 1 - sum(fitting)
  if (excess <= 0 || sum(room) < excess) return [...wanted]
  return fitting.map((share, index) => share + (excess * (room[index] ?? 0)) / sum(room))
}

/** What stands at the hostname, counted as held shares are: who was withheld by the last write and still is has no share of what is answered. */
function sharesBefore(providers: readonly ProviderDecision[], { shares, written }: HeldStanding): Readonly<Record<string, number>> {
  if (shares === undefined) return {}
  const still = providers
    .filter(({ provider, role }) => isBehindCheck(role) && written?.withheld.includes(provider))
    .map(({ provider }) => provider)
  const visible = 1 - sum(still.map((name) => shares[name] ?? 0))
  if (visible <= 0) return shares
  return Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, still.includes(name) ? 0 : Math.min(1, share / visible)]))
}

function isBehindCheck(role: ProviderDecision['role']): boolean {
  return role === 'withheld' || role === 'waiting'
}

function heldProvider(provider: ProviderDecision, wanted: number, pin: Pin, before: Readonly<Record<string, number>>): ProviderDecision {
  const { provider: name, role } = provider
  const share = role === 'waiting' ? 0 : wanted
  const shareBefore = before[name] ?? provider.shareBefore
  const isSame = Math.abs(share - shareBefore) < 0.005
  const move = isSame ? `${name} stays at ${share2(share)}` : `${name} ${share2(shareBefore)} → ${share2(share)}`
  if (role !== 'serving' && share <= 0) {
    const { code, sentence } = provider.condition.reason
    const reason = { code, sentence: `${move}: ${sentence.replace(`${name} `, '')}` }
    return { ...provider, role: role === 'waiting' ? 'withheld' : role, shareBefore, share: 0, reason }
  }
  const held = pin.shares[name] ?? 0
  const why = Math.abs(share - held) < 0.005 ? `held at ${share2(held)}` : `held at ${share2(held)}, bounded by what is up and has room`
  return {
    ...provider,
    role: 'serving',
    shareBefore,
    share,
    reason: { code: 'held', sentence: `${move}: ${why} by ${pin.author}: ${pin.reason}` },
  }
}

function headline(hostname: string, pin: Pin, providers: readonly ProviderDecision[]): Reason {
  const shares = providers.map(({ provider, share }) => `${provider} ${share2(share)}`).join(', ')
  return {
    code: pin.isRollback ? 'rollback' : 'pinned',
    sentence: `${hostname} ${pin.isRollback ? 'rolled back' : 'pinned'} by ${pin.author}: ${shares} (${pin.reason})`,
  }
}

function nobodyHeld(hostname: string, pin: Pin): Reason {
  return { code: 'hold-impossible', sentence: `${hostname}: none of the providers pinned by ${pin.author} may serve; the signals decide` }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
