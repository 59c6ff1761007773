// One Route 53 health check for each endpoint, and an alarm on each that wakes the controller.
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53'
import { Construct } from 'constructs'
import { healthCheckSettings } from '#cdk/health-check-settings.ts'
import type { Configuration } from '#model/configuration.ts'

/** Health metrics exist in this region only (Developer Guide, Monitoring health checks using CloudWatch). */
export const HEALTH_METRICS_REGION = 'us-east-1'

/** What the names of all alarms on health checks begin with; the alarm rule listens to them. */
export function probeAlarmPrefix(stage: string): string {
  return `sluice-${stage}-probe-`
}

/**
 * Retained when replaced or deleted: some settings cannot be changed in place, and a record that names a deleted check behaves
 * unpredictably. reconcile removes one when neither a record nor the configuration names it.
 */
export class IngressHealthChecks extends Construct {
  readonly alarms: Alarm[] = []
  readonly #ids = new Map<string, string>()

  constructor(scope: Construct, id: string, { stage, homeRegion, providers }: Configuration) {
    super(scope, id)
    for (const { name: provider, endpoints, healthCheck } of providers) {
      for (const endpoint of endpoints) {
        const check = new CfnHealthCheck(this, `${provider}-${endpoint.name}`, {
          healthCheckConfig: healthCheckSettings(endpoint, healthCheck),
          healthCheckTags: [
            { key: 'Name', value: `sluice ${stage} ${provider} ${endpoint.name}` },
            { key: 'sluice:stage', value: stage },
            { key: 'sluice:provider', value: provider },
            { key: 'sluice:endpoint', value: endpoint.name },
          ],
        })
        check.applyRemovalPolicy(RemovalPolicy.RETAIN)
        this.#ids.set(`${provider}/${endpoint.name}`, check.attrHealthCheckId)
        if (homeRegion === HEALTH_METRICS_REGION) this.alarms.push(this.#alarm(stage, provider, endpoint.name, check.attrHealthCheckId))
      }
    }
  }

  /** The id of the check, as a token. */
  idOf(provider: string, endpoint: string): string {
    const id = this.#ids.get(`${provider}/${endpoint}`)
    if (id === undefined) throw new RangeError(`no health check for endpoint ${endpoint} of ${provider}`)
    return id
  }

  #alarm(stage: string, provider: string, endpoint: string, healthCheckId: string): Alarm {
    return new Alarm(this, `${provider}-${endpoint}-alarm`, {
      alarmName: `${probeAlarmPrefix(stage)}${provider}-${endpoint}`,
      alarmDescription: `Route 53 sees endpoint ${endpoint} of ${provider} as unhealthy and withholds it. The controller runs at once.`,
      metric: new Metric({
        namespace: 'AWS/Route53',
        metricName: 'HealthCheckStatus',
        dimensionsMap: { HealthCheckId: healthCheckId },
        statistic: 'Minimum',
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.MISSING,
    })
  }
}
