// The stack of one stage, in the home region.
import { Annotations, type App, Stack } from 'aws-cdk-lib'
import { HEALTH_METRICS_REGION } from '#cdk/constructs/ingress-health-checks.ts'
import { TrafficController, type TrafficControllerProps } from '#cdk/constructs/traffic-controller.ts'

export class SluiceStack extends Stack {
  readonly controller: TrafficController

  constructor(app: App, props: TrafficControllerProps) {
    const { stage, homeRegion } = props.configuration
    const name = stackName(stage)
    super(app, name, {
      stackName: name,
      description: 'Sluice: spreads DNS traffic over clouds by health and capacity.',
      env: { region: homeRegion },
      tags: { 'sluice:stage': stage },
    })
    this.controller = new TrafficController(this, 'Controller', props)
    if (homeRegion !== HEALTH_METRICS_REGION) {
      Annotations.of(this).addWarningV2(
        'sluice:home-region',
        `Health alarms exist in ${HEALTH_METRICS_REGION} only: in ${homeRegion} the schedule alone starts the controller, up to a minute later.`,
      )
    }
  }
}

export function stackName(stage: string): string {
  return `sluice-${stage}`
}
