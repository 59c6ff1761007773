// Route 53 as the rest of the local system holds it: the data plane, set-up and settings. The API is in service.ts.
import { type AwsClock, type Cancel, everyClockSeconds } from '../clock.ts'
import type { PublishMetric } from '../cloudwatch/metric-store.ts'
import type { Route53Access } from './access.ts'
import type { AnswerableRecordSet, ProbeTarget } from './data-plane.ts'
import { type HealthCheck, verdict } from './health-checks.ts'
import { servedRecords } from './hosted-zones.ts'
import { questionName } from './record-name.ts'
import type { RecordSet, Records } from './record-set.ts'
import type { Route53State } from './state.ts'

/** Far enough from the minute's ends that a late timer still meets the minute it was planned for. */
const PUBLISH_AT_SECOND = 50

/** The metrics of health checks are published to us-east-1 alone (developer guide, "Monitoring health checks using CloudWatch"). */
const METRIC_REGION = 'us-east-1'

export function route53Access(state: Route53State): Route53Access {
  return {
    settings: state.settings,
    createZone: ({ id, name }) => void state.zones.create({ id, name, callerReference: `in process ${id}` }),
    recordSets(name, type) {
      const wanted = name.toLowerCase().replace(/\.$/, '')
      const now = state.clock.nowSeconds()
      const here = state.zones.all().flatMap((zone) => answersOf(zone.id, servedRecords(zone, now)).get(wanted) ?? [])
      return type === undefined ? here : here.filter((record) => record.type === type)
    },
    zones: () => state.zones.all().map(({ id, name }) => ({ id, name: questionName(name) })),
    healthChecks: () => state.healthChecks.all().map(probeTarget),
    isHealthy(id) {
      const check = state.healthChecks.find(id)
      return check === undefined || verdict(check)
    },
    reportProbe(id, report) {
      const check = state.healthChecks.find(id)
      if (check !== undefined) check.report = report
    },
  }
}

/** The answers of a zone by name, made once per version of the zone: name servers ask far more often than records change. */
const answers = new WeakMap<Records, Map<string, AnswerableRecordSet[]>>()

function answersOf(zoneId: string, records: Records): Map<string, AnswerableRecordSet[]> {
  const known = answers.get(records)
  if (known !== undefined) return known
  const byName = Map.groupBy(
    [...records.values()].map((record) => answer(zoneId, record)),
    ({ name }) => name,
  )
  answers.set(records, byName)
  return byName
}

function answer(zoneId: string, record: RecordSet): AnswerableRecordSet {
  const alias = record.alias && { ...record.alias, dnsName: questionName(record.alias.dnsName) }
  return { ...record, zoneId, name: questionName(record.name), alias }
}

function probeTarget({ id, config }: HealthCheck): ProbeTarget {
  return {
    id,
    type: config.Type,
    ipAddress: config.IPAddress,
    port: config.Port,
    resourcePath: config.ResourcePath,
    fullyQualifiedDomainName: config.FullyQualifiedDomainName,
    searchString: config.SearchString,
    requestIntervalSeconds: config.RequestInterval,
    failureThreshold: config.FailureThreshold,
    isInverted: config.Inverted,
    isDisabled: config.Disabled,
  }
}

/** HealthCheckStatus (1 healthy, 0 not) and HealthCheckPercentageHealthy, once a minute for every check that has been probed. */
export function publishHealthMetrics(clock: AwsClock, state: Route53State, publish: PublishMetric): Cancel {
  return everyClockSeconds(
    clock,
    60,
    (atSeconds) => {
      for (const check of state.healthChecks.all()) {
        if (check.report === undefined) continue
        const series = { region: METRIC_REGION, namespace: 'AWS/Route53', dimensions: { HealthCheckId: check.id }, atSeconds }
        publish({ ...series, metric: 'HealthCheckStatus', value: verdict(check) ? 1 : 0, unit: 'None' })
        publish({ ...series, metric: 'HealthCheckPercentageHealthy', value: check.report.fractionHealthy * 100, unit: 'Percent' })
      }
    },
    PUBLISH_AT_SECOND,
  )
}
