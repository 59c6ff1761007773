// A decision about two serving clouds; override what a test is about.
import type { Decision, ProviderDecision } from '#model/decision.ts'

export function aProviderDecision(overrides: Partial<ProviderDecision> = {}): ProviderDecision {
  const provider = overrides.provider ?? 'aws'
  return {
    provider,
    condition: { kind: 'serving', isRed: false, reason: { code: 'serving', sentence: `${provider} serves` } },
    capacityEstimate: 500,
    role: 'serving',
    shareBefore: 0.5,
    share: 0.5,
    reason: { code: 'capacity', sentence: `${provider} 0.50 → 0.50` },
    ...overrides,
  }
}

/** Shares by provider, all serving unless a role is given. */
export function aDecision(
  shares: Record<string, number | (Partial<ProviderDecision> & { share: number })>,
  overrides: Partial<Decision> = {},
): Decision {
  return {
    set: Object.keys(shares).toSorted().join('+'),
    at: 1_000,
    isChange: true,
    cause: 'signal',
    providers: Object.entries(shares).map(([provider, share]) =>
      aProviderDecision({ provider, ...(typeof share === 'number' ? { share } : share) }),
    ),
    reason: { code: 'capacity', sentence: 'shares follow capacity' },
    notices: [],
    inputs: [],
    signalsRequired: 8,
    signalsMissing: 0,
    ...overrides,
  }
}
