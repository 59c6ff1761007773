// The split at a percent of a canary, and the split that a rollback restores.
import type { CanarySubject, ControlRow } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Split } from '#model/split.ts'

type Shares = Pick<Split, 'versionShares' | 'providerParts'>

/** `percent` 0–100 of the way. At 100 % the old version stays at 0: the last resort, and the way back. */
export function sharesAt(subject: CanarySubject, percent: number, { providerParts, versionShares }: Shares): Shares {
  const part = percent / 100
  switch (subject.kind) {
    case 'version':
      return { providerParts, versionShares: { [subject.version]: part, [subject.from]: 1 - part } }
    case 'provider':
      return { versionShares, providerParts: { ...providerParts, [subject.provider]: subject.from + (subject.to - subject.from) * part } }
  }
}

/** The stable shares. A version that was rolled back has no record any more: it must not serve, not even as a last resort. */
export function stableShares(subject: CanarySubject, { providerParts, versionShares }: Shares): Shares {
  switch (subject.kind) {
    case 'version':
      return { providerParts, versionShares: { [subject.from]: 1 } }
    case 'provider':
      return { versionShares, providerParts: { ...providerParts, [subject.provider]: subject.from } }
  }
}

/** The shares after the end of a promotion: the old version has no record any more. */
export function promotedShares(subject: CanarySubject, { providerParts, versionShares }: Shares): Shares {
  switch (subject.kind) {
    case 'version':
      return { providerParts, versionShares: { [subject.version]: 1 } }
    case 'provider':
      return { versionShares, providerParts: { ...providerParts, [subject.provider]: subject.to } }
  }
}

/** What the row wants of the subject now: a version's share, or a provider's part of its capacity share, 0–1. */
export function wantedShareOf(subject: CanarySubject, { providerParts, versionShares }: Shares): number {
  return subject.kind === 'version' ? (versionShares[subject.version] ?? 0) : (providerParts[subject.provider] ?? subject.from)
}

export function withShares(row: ControlRow, shares: Shares, cause: Split['cause'], reason: Reason, nowSeconds: number): ControlRow {
  return { ...row, ...shares, cause, reason, changedAt: nowSeconds }
}

/** `files 1.0.9` or `hetzner of media.example.com`: how sentences name it. */
export function nameOf(subject: CanarySubject, hostname: string): string {
  return subject.kind === 'version' ? `${subject.service} ${subject.version}` : `${subject.provider} of ${hostname}`
}
