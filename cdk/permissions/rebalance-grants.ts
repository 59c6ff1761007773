// What rebalance may do: read signals and configuration, keep its memory, call apply. No Route 53.
import type { Grant } from './grant.ts'

export function rebalanceGrants(applyFunctionArn: string): Grant[] {
  return [
    {
      sid: 'ReadSignals',
      actions: ['cloudwatch:GetMetricData'],
      resources: ['*'],
      reason: 'Signals of all providers, in as few calls as possible.',
      whyWide: 'CloudWatch has no resource-level permission for GetMetricData (Service Authorization Reference).',
    },
    {
      sid: 'CallApply',
      actions: ['lambda:InvokeFunction'],
      resources: [applyFunctionArn],
      reason: 'Hands over the plans of the tick and waits for receipts.',
    },
  ]
}
