// Where each signal comes from when sluice.yaml does not say: what the agent, or anybody before there is one, publishes.
import type { MetricSource, Stat } from '#model/metric.ts'
import type { MeasuredSignal } from '#model/provider.ts'

export const SIGNAL_NAMESPACE = 'Sluice'

const DEFAULTS: Readonly<Record<MeasuredSignal, { readonly metric: string; readonly stat: Stat }>> = {
  capacity: { metric: 'Capacity', stat: 'Average' },
  load: { metric: 'Requests', stat: 'Sum' },
  errors: { metric: 'Failures', stat: 'Sum' },
  utilisation: { metric: 'Utilisation', stat: 'Average' },
  latency: { metric: 'LatencyP99', stat: 'Average' },
}

/** Namespace `Sluice`, dimensions `Stage` and `Provider`, in the home region. Counts are Sums, gauges Averages. */
export function defaultSignal(signal: MeasuredSignal, stage: string, provider: string, homeRegion: string): MetricSource {
  const { metric, stat } = DEFAULTS[signal]
  return { namespace: SIGNAL_NAMESPACE, metric, dimensions: { Stage: stage, Provider: provider }, stat, region: homeRegion, scale: 1 }
}
