// Every TTL lies inside the bounds of the policy: a client keeps an answer that long after a provider failed.
import type { Finding, PathPart } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'

export function ttlFindings(file: SluiceFile): Finding[] {
  const { minTtlSeconds, maxTtlSeconds } = file.policy.guards
  if (minTtlSeconds > maxTtlSeconds) {
    return [
      {
        code: 'ttl-bounds',
        path: ['policy', 'guards', 'minTtlSeconds'],
        seen: `${minTtlSeconds}, above maxTtlSeconds ${maxTtlSeconds}`,
        allowed: `from 1 to ${maxTtlSeconds}`,
        mend: `Lower minTtlSeconds to ${maxTtlSeconds} or less.`,
      },
    ]
  }
  const check = (path: readonly PathPart[], ttlSeconds: number | undefined): Finding[] => {
    if (ttlSeconds === undefined || (ttlSeconds >= minTtlSeconds && ttlSeconds <= maxTtlSeconds)) return []
    return [
      {
        code: 'ttl',
        path,
        seen: `${ttlSeconds} seconds`,
        allowed: `from ${minTtlSeconds} to ${maxTtlSeconds} seconds (policy.guards.minTtlSeconds and maxTtlSeconds)`,
        mend: `Use ${ttlSeconds > maxTtlSeconds ? maxTtlSeconds : minTtlSeconds}.`,
      },
    ]
  }
  return [
    ...check(['policy', 'ttlSeconds'], file.policy.ttlSeconds),
    ...Object.entries(file.hostnames).flatMap(([hostname, settings]) => check(['hostnames', hostname, 'ttlSeconds'], settings?.ttlSeconds)),
  ]
}
