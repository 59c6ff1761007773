// One page that answers: is anything wrong, what do the clouds carry, what did the controller do.
import { Duration } from 'aws-cdk-lib'
import { type Alarm, AlarmStatusWidget, Dashboard as CloudWatchDashboard, GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { Configuration } from '#model/configuration.ts'
import type { MetricSource } from '#model/metric.ts'
import { CONTROLLER_NAMESPACE, METRIC } from '#telemetry/metric-names.ts'
import { HEALTH_METRICS_REGION, type IngressHealthChecks } from './ingress-health-checks.ts'

export interface DashboardProps {
  readonly configuration: Configuration
  readonly healthChecks: IngressHealthChecks
  readonly alarms: readonly Alarm[]
}

const HALF = 12
const FULL = 24

export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { configuration, healthChecks, alarms }: DashboardProps) {
    super(scope, id)
    const { stage, providers } = configuration
    const signal = (name: 'load' | 'errors' | 'capacity' | 'utilisation') =>
      providers.flatMap((provider) => {
        const source = provider.signals[name]
        return source === null ? [] : [metricOf(source, provider.name)]
      })
    const probes = providers.flatMap(({ name, endpoints }) =>
      endpoints.map(
        (endpoint) =>
          new Metric({
            namespace: 'AWS/Route53',
            metricName: 'HealthCheckPercentageHealthy',
            dimensionsMap: { HealthCheckId: healthChecks.idOf(name, endpoint.name) },
            region: HEALTH_METRICS_REGION,
            label: `${name} ${endpoint.name}`,
          }),
      ),
    )
    const own = Object.values(METRIC).map(
      (metricName) =>
        new Metric({
          namespace: CONTROLLER_NAMESPACE,
          metricName,
          dimensionsMap: { service: 'rebalance', Stage: stage },
          statistic: 'Sum',
          period: Duration.minutes(1),
        }),
    )
    new CloudWatchDashboard(this, 'Page', {
      dashboardName: `sluice-${stage}`,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: FULL, height: 3 })],
        [
          new GraphWidget({ title: 'Requests a minute', left: signal('load'), stacked: true, width: HALF }),
          new GraphWidget({ title: 'Failures a minute', left: signal('errors'), width: HALF }),
        ],
        [
          new GraphWidget({ title: 'Capacity, requests/s', left: signal('capacity'), right: signal('utilisation'), width: HALF }),
          new GraphWidget({ title: 'Checkers that see it healthy, %', left: probes, width: HALF }),
        ],
        [new GraphWidget({ title: 'What the controller did', left: own, width: FULL })],
      ],
    })
  }
}

function metricOf({ namespace, metric, dimensions, stat, region }: MetricSource, label: string): Metric {
  return new Metric({
    namespace,
    metricName: metric,
    dimensionsMap: dimensions,
    statistic: stat,
    period: Duration.minutes(1),
    region,
    label,
  })
}
