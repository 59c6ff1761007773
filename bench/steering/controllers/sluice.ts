// The product itself, through `think` of shared/pipeline.ts: observe, decide, plan, guards; what they allow is written.

import { Configuration } from '#model/configuration.ts'
import type { MetricSeries, MetricSource } from '#model/metric.ts'
import { setIdentifier } from '#model/names.ts'
import type { Policy } from '#model/policy.ts'
import { providerSets } from '#model/provider-set.ts'
import type { WeightedRecord } from '#model/record.ts'
import { metricQueries, think } from '#pipeline.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import type { Controller, Course, Tick } from '../controller.ts'
import { FAST_CHECK } from '../controller.ts'

const HOSTNAME = 'bench.example.test'
const ENDPOINT = 'main'

/** @param change what to change of the documented defaults; nothing but the timing of the scenario by default */
export function sluice(name = 'sluice', change: (policy: Policy) => Policy = (policy) => policy): Controller {
  return { name, check: FAST_CHECK, begin: (course) => begin(course, change) }
}

function begin({ scenario, timing, initialWeights }: Course, change: (policy: Policy) => Policy) {
  const configuration = configurationOf({ scenario, timing, initialWeights }, change)
  const set = providerSets(configuration.hostnames)[0]
  if (set === undefined) throw new Error('the bench has one hostname and therefore one set')
  const total = initialWeights.reduce((sum, weight) => sum + weight, 0)
  const shares = Object.fromEntries(scenario.providers.map(({ name }, p) => [name, (initialWeights[p] ?? 0) / total]))
  let memory: Parameters<typeof think>[0]['memory'] = { providers: {}, sets: { [set.id]: { set: set.id, shares } } }
  let records: HostnameRecords = {
    observed: {
      hostname: HOSTNAME,
      members: scenario.providers.map(({ name }, p) => recordOf(name, p, initialWeights[p] ?? 0)),
      fence: { generation: 1, sequence: 1, ttlSeconds: 60 },
      strangers: [],
      observedAt: 0,
    },
  }
  return (tick: Tick): readonly number[] | undefined => {
    const thought = think({
      configuration,
      series: seriesOf(configuration, tick),
      memory,
      overrides: [],
      records: new Map([[HOSTNAME, records]]),
      nowSeconds: tick.now,
    })
    memory = thought.memory
    const outcome = thought.plans[0]
    if (outcome === undefined || outcome.kind === 'refused' || outcome.plan.changes.length === 0) return undefined
    const { wanted, fence } = outcome.plan
    records = { observed: { ...records.observed, members: wanted, fence: { ...fence, ttlSeconds: 60 }, observedAt: tick.now } }
    return scenario.providers.map(({ name }) => wanted.find((one) => one.setIdentifier === identifier(name))?.weight ?? 0)
  }
}

function configurationOf({ scenario, timing }: Course, change: (policy: Policy) => Policy): Configuration {
  const { lagSeconds, tickSeconds, windowSeconds } = timing
  const configuration = Configuration.parse({
    stage: 'bench',
    homeRegion: 'us-east-1',
    policy: { mode: 'enforce', timing: { tickSeconds, metricLagSeconds: lagSeconds, windowSeconds } },
    providers: scenario.providers.map((provider, p) => ({
      name: provider.name,
      rating: provider.rating,
      endpoints: [{ name: ENDPOINT, address: { ipv4: addressOf(p) }, healthCheckId: `check-${provider.name}` }],
      healthCheck: {},
      signals: {
        capacity: source('Capacity', 'Average'),
        load: source('Requests', 'Sum'),
        errors: source('Failures', 'Sum'),
        utilisation: provider.reportsUtilisation ? source('Utilisation', 'Average') : null,
        latency: null,
      },
    })),
    hostnames: [
      {
        hostname: HOSTNAME,
        zoneId: 'Z0BENCH',
        mode: 'enforce',
        ttlSeconds: 60,
        providers: scenario.providers.map(({ name }) => ({ provider: name })),
      },
    ],
  })
  return { ...configuration, policy: change(configuration.policy) }
}

function source(metric: string, stat: MetricSource['stat']): MetricSource {
  return { namespace: 'Sluice', metric, dimensions: {}, stat, region: 'us-east-1', scale: 1 }
}

function seriesOf(configuration: Configuration, tick: Tick): MetricSeries[] {
  const asked = metricQueries(configuration)
  return asked.map(({ id, source: { metric, stat }, periodSeconds }): MetricSeries => {
    const p = configuration.providers.findIndex(
      ({ name }) => id.endsWith(`_${name.replaceAll('-', 'H')}`) || id.includes(`_${name.replaceAll('-', 'H')}_`),
    )
    if (metric.startsWith('HealthCheck')) {
      const scale = metric === 'HealthCheckStatus' ? 1 : 100
      return { id, points: (tick.verdicts[p] ?? []).map(({ at, isGreen }) => ({ at, value: isGreen ? scale : 0 })) }
    }
    const points = (tick.windows[p] ?? []).flatMap((window) => {
      const value = { Capacity: window.capacity, Requests: window.load, Failures: window.errors, Utilisation: window.utilisation }[metric]
      return value === undefined ? [] : [{ at: window.end - periodSeconds, value: stat === 'Sum' ? value * periodSeconds : value }]
    })
    return { id, points }
  })
}

function recordOf(name: string, p: number, weight: number): WeightedRecord {
  return {
    name: HOSTNAME,
    type: 'A',
    setIdentifier: identifier(name),
    weight,
    target: { kind: 'values', values: [addressOf(p)], ttlSeconds: 60 },
    healthCheckId: `check-${name}`,
  }
}

function identifier(provider: string): string {
  return setIdentifier(HOSTNAME, provider, ENDPOINT)
}

/** RFC 5737: addresses for documentation. */
function addressOf(p: number): string {
  return `192.0.2.${p + 1}`
}
