// Decides the shares of one provider set from its signals, its memory and the overrides in force. Pure: `nowSeconds` is an argument.
import type { Condition } from '#model/condition.ts'
import type { ProviderDecision, ShareRole } from '#model/decision.ts'
import type { ProviderMemory } from '#model/memory.ts'
import { isInForce } from '#model/override.ts'
import type { ProviderSignals } from '#model/signal.ts'
import { allot } from './allot.ts'
import type { DecisionInput, DecisionOutput, SetProvider } from './decision-input.ts'

/** One decision for one set; see docs/control.md for the law. A second call on the same metric window integrates nothing. */
export function decide(input: DecisionInput): DecisionOutput {
  const views = input.providers.map((entry) => view(input, entry))
  const standing = input.memory.set?.shares
  const wanted = allot(
    views.map(({ entry, role, estimate }) => ({
      measure: role === 'serving' ? estimate : 0,
      min: role === 'serving' ? entry.bounds.minShare : 0,
      max: entry.bounds.maxShare,
    })),
  )
  const isSettled = views.every(({ probe }) => probe !== 'unknown')
  const isEmpty = wanted.every((share) => share === 0)
  const moves = views.some((v, i) => Math.abs((wanted[i] ?? 0) - (standing?.[v.entry.provider.name] ?? 0)) > 0.01)
  const isChange = !isEmpty && (standing === undefined ? isSettled : moves)
  const shares = Object.fromEntries(
    views.map((v, i) => [v.entry.provider.name, isChange ? (wanted[i] ?? 0) : (standing?.[v.entry.provider.name] ?? 0)]),
  )
  const providers = views.map((v): ProviderDecision => {
    const name = v.entry.provider.name
    const before = standing?.[name] ?? 0
    const share = shares[name] ?? 0
    return {
      provider: name,
      condition: v.condition,
      capacityEstimate: v.estimate,
      role: v.role,
      shareBefore: before,
      share,
      reason: { code: 'capacity', sentence: `${name} ${before.toFixed(2)} → ${share.toFixed(2)}: ${v.condition.reason.sentence}` },
    }
  })
  return {
    decision: {
      set: input.set,
      at: input.nowSeconds,
      isChange,
      cause: standing === undefined ? 'initial' : views.some((v) => v.role === 'withheld') ? 'probe' : 'signal',
      providers,
      reason: { code: 'capacity', sentence: providers.map((p) => p.reason.sentence).join('; ') },
      notices: [],
      inputs: [...input.signals],
    },
    memory: {
      providers: Object.fromEntries(views.map((v) => [v.entry.provider.name, v.memory])),
      set: { set: input.set, shares, ...(isChange ? { lastWriteAt: input.nowSeconds } : {}) },
    },
  }
}

type View = {
  entry: SetProvider
  probe: 'green' | 'red' | 'unknown'
  estimate: number
  role: ShareRole
  condition: Condition
  memory: ProviderMemory
}

function view(input: DecisionInput, entry: SetProvider): View {
  const { name, rating } = entry.provider
  const signals = input.signals.find((s) => s.provider === name)
  const before = input.memory.providers[name]
  const capacity = signals?.capacity.state === 'present' ? signals.capacity.value : (before?.capacity?.value ?? rating)
  const probe = probeOf(signals)
  const drain = input.overrides.find((o) => o.kind === 'drain' && o.provider === name && isInForce(o, input.nowSeconds))
  const condition: Condition = drain
    ? { kind: 'drained', isRed: probe === 'red', reason: { code: 'drained', sentence: `drained by ${drain.author}: ${drain.reason}` } }
    : probe === 'red'
      ? { kind: 'down', isRed: true, reason: { code: 'red', sentence: `${name} is down: every health check is red` } }
      : capacity <= 0
        ? { kind: 'down', isRed: false, reason: { code: 'no-capacity', sentence: `${name} is down: it reports no capacity` } }
        : { kind: 'serving', isRed: false, reason: { code: 'serving', sentence: `estimate ${capacity.toFixed(0)} requests/s` } }
  const role: ShareRole =
    condition.kind === 'drained' || (condition.kind === 'down' && !condition.isRed) ? 'none' : condition.isRed ? 'withheld' : 'serving'
  const memory: ProviderMemory = {
    ...before,
    provider: name,
    windowEnd: signals?.capacity.state === 'present' ? signals.capacity.observedAt : (before?.windowEnd ?? 0),
    capacity: { value: capacity, residuals: [] },
    nominal: Math.max(before?.nominal ?? 0, capacity),
    failedProbes: before?.failedProbes ?? 0,
    isDown: condition.kind === 'down',
    isRamping: false,
    bias: 1,
  }
  return { entry, probe, estimate: capacity, role, condition, memory }
}

function probeOf(signals: ProviderSignals | undefined): View['probe'] {
  const states = signals?.probes.map((probe) => probe.state) ?? []
  if (states.length === 0 || states.includes('unknown')) return 'unknown'
  return states.every((state) => state === 'red') ? 'red' : 'green'
}
