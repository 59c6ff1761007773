// What reconcile may do: look at records and health checks, remove checks of this stage that nothing names, call rebalance and canary/step.
import type { Configuration } from '#model/configuration.ts'
import { zoneArn } from './apply-grants.ts'
import type { Grant } from './grant.ts'

export type ReconcileTargets = {
  readonly rebalanceFunctionArn: string
  readonly stepFunctionArn: string
  /** `arn:…:execution:<machine>:*` */
  readonly executionsArn: string
}

export function reconcileGrants(
  { hostnames }: Configuration,
  { rebalanceFunctionArn, stepFunctionArn, executionsArn }: ReconcileTargets,
): Grant[] {
  return [
    {
      sid: 'LookAtRecords',
      actions: ['route53:ListResourceRecordSets'],
      resources: [...new Set(hostnames.map(({ zoneId }) => zoneArn(zoneId)))],
      reason: 'The sweep compares what stands with what was last observed.',
    },
    {
      sid: 'ListHealthChecks',
      actions: ['route53:ListHealthChecks'],
      resources: ['*'],
      reason: 'Finds health checks that a former deployment left behind.',
      whyWide: 'The operation lists the account; it has no resource.',
    },
    {
      sid: 'RemoveHealthChecks',
      actions: ['route53:ListTagsForResources', 'route53:DeleteHealthCheck'],
      resources: ['arn:aws:route53:::healthcheck/*'],
      reason: 'Removes a health check tagged with this stage once neither a record nor the configuration names it.',
      whyWide:
        'Retained checks have ids that no template knows, and Route 53 knows no condition on resource tags (Service Authorization Reference); the function reads the tag before it removes a check.',
    },
    { sid: 'CallRebalance', actions: ['lambda:InvokeFunction'], resources: [rebalanceFunctionArn], reason: 'Hands over what it observed.' },
    {
      sid: 'CallCanaryStep',
      actions: ['lambda:InvokeFunction'],
      resources: [stepFunctionArn],
      reason: 'Has the shares restored of a canary whose execution ended before its time.',
    },
    {
      sid: 'LookAtExecutions',
      actions: ['states:DescribeExecution'],
      resources: [executionsArn],
      reason: 'Whether the execution of a canary in flight still runs: the event of its end is delivered at best effort only.',
      whyWide: 'Executions get their names when they are started; the machine is exact.',
    },
  ]
}
