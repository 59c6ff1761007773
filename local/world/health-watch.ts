// Listens to what the checkers report, and tells when Route 53 begins or ends to withhold an endpoint.
import type { ProbeReport, ProbeTarget, Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import { versionKey } from '#local/clouds/cloud-spec.ts'
import type { AddressBook } from './address-book.ts'
import type { Story } from './snapshot.ts'

export interface HealthWatch {
  /** The data plane for the probes: reports pass through. */
  readonly plane: Pick<Route53DataPlane, 'healthChecks' | 'reportProbe'>
  /** Lowest share of healthy checkers among a provider's own endpoints, 0–1, those of versions left out; undefined before the first check. */
  checkersHealthy(provider: string): number | undefined
}

export function watchHealth(
  plane: Pick<Route53DataPlane, 'healthChecks' | 'reportProbe'>,
  book: AddressBook,
  nowSeconds: () => number,
  onStory: (story: Story) => void,
): HealthWatch {
  const reports = new Map<string, ProbeReport & { readonly provider: string; readonly isVersion: boolean }>()
  const names = new Map<string, EndpointName>()

  function nameOf(id: string): EndpointName {
    const known = names.get(id)
    if (known !== undefined) return known
    const target = plane.healthChecks().find((check) => check.id === id)
    const found = target === undefined ? undefined : book.find(addressOf(target))
    const endpoint = found?.of === undefined ? (found?.endpoint ?? '') : versionKey(found.of)
    const name = { provider: found?.provider ?? id, endpoint, isVersion: found?.of !== undefined }
    names.set(id, name)
    return name
  }

  return {
    plane: {
      healthChecks: () => plane.healthChecks(),
      reportProbe(id, report) {
        plane.reportProbe(id, report)
        const { provider, endpoint, isVersion } = nameOf(id)
        const before = reports.get(id)
        reports.set(id, { ...report, provider, isVersion })
        if (before === undefined || before.isHealthy === report.isHealthy) return
        const percent = `${Math.round(report.fractionHealthy * 100)} % of the checkers see ${provider} ${endpoint} healthy`
        const what = report.isHealthy ? 'Route 53 answers with it again' : 'Route 53 withholds it'
        onStory({ at: nowSeconds(), kind: 'health', sentence: `${percent}: ${what}` })
      },
    },
    checkersHealthy(provider) {
      const own = [...reports.values()]
        .filter((report) => report.provider === provider && !report.isVersion)
        .map(({ fractionHealthy }) => fractionHealthy)
      return own.length === 0 ? undefined : Math.min(...own)
    },
  }
}

type EndpointName = { readonly provider: string; readonly endpoint: string; readonly isVersion: boolean }

/** What a check connects to. */
export function addressOf(target: ProbeTarget): string {
  return target.ipAddress ?? target.fullyQualifiedDomainName ?? ''
}
