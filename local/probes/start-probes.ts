// Checks every health check of Route 53 from several vantage points, each on its own beat of the clock, and reports the verdicts.
import type { ProbeTarget, Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import type { Cancel, LocalClock } from '#local/clock/local-clock.ts'
import { probeEndpoint } from './probe-endpoint.ts'
import { afterResult, type Checker, FRESH_CHECKER, verdict } from './verdict.ts'

export type ProbesOptions = {
  readonly plane: Pick<Route53DataPlane, 'healthChecks' | 'reportProbe'>
  readonly clock: Pick<LocalClock, 'setTimeout' | 'speed'>
  /** The loopback port behind an address or name. */
  readonly portOf: (addressOrName: string) => number | undefined
  /** One check; replaced in tests. */
  readonly probe?: typeof probeEndpoint
}

export type Probes = { stop(): void }

/** Route 53 checks from 8 regions by default. */
const VANTAGE_POINTS = 8
/** How often new and removed health checks are noticed, in seconds of the clock. */
const LOOK_SECONDS = 5

export function startProbes({ plane, clock, portOf, probe = probeEndpoint }: ProbesOptions): Probes {
  const watched = new Map<string, { stop(): void }>()
  let cancelLook: Cancel | undefined

  function look(): void {
    const checks = new Map(
      plane
        .healthChecks()
        .filter(isProbed)
        .map((target) => [identity(target), target]),
    )
    for (const [key, watch] of watched) {
      if (checks.has(key)) continue
      watch.stop()
      watched.delete(key)
    }
    for (const [key, target] of checks) if (!watched.has(key)) watched.set(key, watchCheck(target))
    cancelLook = clock.setTimeout(look, LOOK_SECONDS)
  }

  function watchCheck(target: ProbeTarget): { stop(): void } {
    const checkers: Checker[] = Array.from({ length: VANTAGE_POINTS }, () => FRESH_CHECKER)
    const cancels: (Cancel | undefined)[] = []
    let isStopped = false

    async function check(index: number): Promise<void> {
      // The next beat is set first: a slow check must not slow the beat.
      cancels[index] = clock.setTimeout(() => void check(index), target.requestIntervalSeconds)
      const hasPassed = await probe(target, portOf(target.ipAddress ?? target.fullyQualifiedDomainName ?? ''), clock.speed)
      if (isStopped) return
      checkers[index] = afterResult(checkers[index] ?? FRESH_CHECKER, hasPassed, target.failureThreshold)
      plane.reportProbe(target.id, verdict(checkers.filter((checker) => checker.hasReported)))
    }

    for (const index of checkers.keys()) {
      cancels[index] = clock.setTimeout(() => void check(index), (index * target.requestIntervalSeconds) / VANTAGE_POINTS)
    }
    return {
      stop() {
        isStopped = true
        for (const cancel of cancels) cancel?.()
      },
    }
  }

  look()
  return {
    stop() {
      cancelLook?.()
      for (const watch of watched.values()) watch.stop()
    },
  }
}

/** Calculated and alarm-based checks have no endpoint; a disabled one is not checked (API reference, HealthCheckConfig). */
function isProbed(target: ProbeTarget): boolean {
  return !target.isDisabled && /^(HTTPS?(_STR_MATCH)?|TCP)$/.test(target.type)
}

/** A changed setting is a new beginning, as after UpdateHealthCheck. */
function identity(target: ProbeTarget): string {
  return JSON.stringify(target)
}
