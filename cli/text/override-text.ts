// An override in one line: what it does, until when, by whom and why.
import type { Override } from '#model/override.ts'
import { ALL_HOSTNAMES, type PinnedShares } from '#model/override.ts'
import { type Here, momentText } from './moment-text.ts'
import { shareText } from './number-text.ts'

export function overrideText(override: Override, here: Here): string {
  return `${subjectText(override)} until ${momentText(override.expiresAt, here)}, by ${override.author}: ${override.reason}`
}

/** `drain of hetzner`, `pin of media.example.com at aws 0.70, hetzner 0.30`. */
export function subjectText(override: Override): string {
  switch (override.kind) {
    case 'drain':
      return `drain of ${override.provider}`
    case 'pin':
      return `${override.isRollback ? 'rollback' : 'pin'} of ${override.hostname} at ${sharesText(override.shares)}`
    case 'pause':
      return `pause of ${override.hostname === ALL_HOSTNAMES ? 'all hostnames' : override.hostname}`
  }
}

export function sharesText(shares: Readonly<PinnedShares>): string {
  return Object.entries(shares)
    .map(([provider, share]) => `${provider} ${shareText(share)}`)
    .join(', ')
}
