// Listens to what the checkers report, and tells when Route 53 begins or ends to withhold an endpoint.
import type { ProbeReport, ProbeTarget, Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import type { AddressBook } from './address-book.ts'
import type { Story } from './snapshot.ts'

export interface HealthWatch {
  /** The data plane for the probes: reports pass through. */
  readonly plane: Pick<Route53DataPlane, 'healthChecks' | 'reportProbe'>
  /** Lowest share of healthy checkers among a provider's endpoints, 0–1; undefined before the first check. */
  checkersHealthy(provider: string): number | undefined
}

export function watchHealth(
  plane: Pick<Route53DataPlane, 'healthChecks' | 'reportProbe'>,
  book: AddressBook,
  nowSeconds: () => number,
  onStory: (story: Story) => void,
): HealthWatch {
  const reports = new Map<string, ProbeReport & { readonly provider: string }>()
  const names = new Map<string, { provider: string; endpoint: string }>()

  function nameOf(id: string): { provider: string; endpoint: string } {
    const known = names.get(id)
    if (known !== undefined) return known
    const target = plane.healthChecks().find((check) => check.id === id)
    const found = target === undefined ? undefined : book.find(addressOf(target))
    const name = { provider: found?.provider ?? id, endpoint: found?.endpoint ?? '' }
    names.set(id, name)
    return name
  }

  return {
    plane: {
      healthChecks: () => plane.healthChecks(),
      reportProbe(id, report) {
        plane.reportProbe(id, report)
        const { provider, endpoint } = nameOf(id)
        const before = reports.get(id)
        reports.set(id, { ...report, provider })
        if (before === undefined || before.isHealthy === report.isHealthy) return
        const percent = `${Math.round(report.fractionHealthy * 100)} % of the checkers see ${provider} ${endpoint} healthy`
        const what = report.isHealthy ? 'Route 53 answers with it again' : 'Route 53 withholds it'
        onStory({ at: nowSeconds(), kind: 'health', sentence: `${percent}: ${what}` })
      },
    },
    checkersHealthy(provider) {
      const own = [...reports.values()].filter((report) => report.provider === provider).map(({ fractionHealthy }) => fractionHealthy)
      return own.length === 0 ? undefined : Math.min(...own)
    },
  }
}

/** What a check connects to. */
export function addressOf(target: ProbeTarget): string {
  return target.ipAddress ?? target.fullyQualifiedDomainName ?? ''
}
