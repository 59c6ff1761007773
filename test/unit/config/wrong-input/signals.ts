// Metrics that cannot be read, and where alarms are told.
import type { WrongInput } from './wrong-input.ts'

export const signals: readonly WrongInput[] = [
  {
    wrong: 'a metric without region',
    change: (file) => (file.providers.aws.signals = { load: { namespace: 'AWS/ApplicationELB', metric: 'RequestCount', stat: 'Sum' } }),
    path: 'providers.aws.signals.load.region',
    seen: /nothing/,
    allowed: /text/,
    mend: /Add region to providers\.aws\.signals\.load/,
  },
  {
    wrong: 'a metric with an unknown statistic',
    change: (file) =>
      (file.providers.aws.signals = {
        load: { namespace: 'AWS/ApplicationELB', metric: 'RequestCount', stat: 'sum', region: 'eu-central-1' },
      }),
    path: 'providers.aws.signals.load.stat',
    seen: /"sum"/,
    allowed: /"Average", "Sum"/,
    mend: /mean Sum\?/,
  },
  {
    wrong: 'an unknown signal',
    change: (file) => (file.providers.aws.signals = { utilization: null }),
    path: 'providers.aws.signals.utilization',
    seen: /utilization/,
    allowed: /capacity, load, errors, utilisation, latency/,
    mend: /mean utilisation\?/,
  },
  {
    wrong: 'signals that can never be fresh',
    change: (file) => (file.policy.timing = { freshnessSeconds: 100 }),
    path: 'policy.timing.freshnessSeconds',
    seen: /100 seconds/,
    allowed: /= 120/,
    mend: /Use 120/,
  },
  {
    wrong: 'an alarm topic in another region',
    change: (file) => (file.alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call'),
    path: 'alarmTopicArn',
    seen: /eu-central-1/,
    allowed: /home region, us-east-1/,
    mend: /us-east-1/,
  },
  {
    wrong: 'an alarm topic that is none',
    change: (file) => (file.alarmTopicArn = 'on-call'),
    path: 'alarmTopicArn',
    seen: /"on-call"/,
    allowed: /the ARN of an SNS topic/,
    mend: /ARN of an SNS topic/,
  },
]
