// What can be seen of the versions of a service and of the canary that holds its hostname.

import { TICK_SECONDS } from '#canary/answer.ts'
import { evidenceByMetric } from '#canary/evidence-by-metric.ts'
import { closedGate } from '#canary/gate.ts'
import { nameOf, wantedShareOf } from '#canary/shares-at.ts'
import { timeToVerdict } from '#canary/time-to-verdict.ts'
import type { Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import { versionKey } from '#local/clouds/cloud-spec.ts'
import { answerChances } from '#local/dns/answer.ts'
import type { ControlRow } from '#model/canary.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { Provider } from '#model/provider.ts'
import { versionOf } from '#model/record-identity.ts'
import type { CanaryView, VersionView } from './snapshot.ts'
import type { WindowCounts } from './window-counts.ts'

type Plane = Pick<Route53DataPlane, 'recordSets' | 'isHealthy'>

/** Of every version that has an endpoint behind the hostname, in the order of their names. */
export function versionViews(
  { hostname, service }: HostnamePolicy,
  providers: readonly Provider[],
  row: ControlRow | undefined,
  plane: Plane,
  lastMinute: WindowCounts,
): VersionView[] {
  if (service === undefined) return []
  const versions = new Set(
    providers.flatMap(({ endpoints }) => endpoints.flatMap(({ of }) => (of?.service === service.name ? of.version : []))),
  )
  const wanted = Object.keys(row?.versionShares ?? {}).length === 0 ? { [service.stable]: 1 } : row?.versionShares
  const answered = answeredVersions(plane, hostname)
  const all = [...versions].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const counted = all.map((version) => lastMinute.ofVersion(versionKey({ service: service.name, version })))
  const total = counted.reduce((sum, { sent }) => sum + sent, 0)
  return all.map((version, index) => {
    const { sent, failed } = counted[index] ?? { sent: 0, failed: 0 }
    return {
      ...{ hostname, service: service.name, version, wantedShare: wanted?.[version] ?? 0, answeredShare: answered.get(version) ?? 0 },
      measuredShare: total === 0 ? undefined : sent / total,
      failedRatio: sent === 0 ? 0 : failed / sent,
    }
  })
}

export function canaryView(row: ControlRow, nowSeconds: number): CanaryView | undefined {
  const { hostname, generation, canary } = row
  if (canary === undefined) return undefined
  const { subject, phase, steps, step, outcome, verdict, reason, observedShare, by, stepSince, tickAt } = canary
  const isGate = closedGate(canary) !== undefined
  return {
    ...{ hostname, generation, phase, steps, step, outcome, observedShare, isGate, author: by.author, sentence: reason.sentence },
    name: nameOf(subject, hostname),
    next: phase === 'ended' ? undefined : canary.next,
    nextAt: phase === 'ended' ? undefined : Math.max(tickAt + TICK_SECONDS, nowSeconds),
    isHeld: canary.held !== undefined && phase !== 'rollingBack',
    inStepSeconds: nowSeconds - stepSince,
    shifted: subject.kind === 'version' ? undefined : { provider: subject.provider, part: wantedShareOf(subject, row) },
    timeToVerdict: timeToVerdict(canary),
    evidence:
      verdict === undefined
        ? undefined
        : {
            verdict: verdict.verdict,
            logE: verdict.logE,
            limit: verdict.limit,
            passLogE: verdict.passLogE,
            passLimit: verdict.passLimit,
            counted: verdict.counted,
            metrics: evidenceByMetric(verdict, canary.strategy.judge),
          },
  }
}

function answeredVersions(plane: Plane, hostname: string): ReadonlyMap<string, number> {
  const all = plane.recordSets(hostname).filter((record) => record.weight !== undefined)
  const type = ['A', 'CNAME', 'AAAA'].find((candidate) => all.some((record) => record.type === candidate))
  const shares = new Map<string, number>()
  const own = all.filter((record) => record.type === type)
  for (const [record, chance] of answerChances(own, (id) => plane.isHealthy(id))) {
    const { setIdentifier } = record
    const version = setIdentifier === undefined ? undefined : versionOf(hostname, { setIdentifier })
    if (version !== undefined) shares.set(version, (shares.get(version) ?? 0) + chance)
  }
  return shares
}
