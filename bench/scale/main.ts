// `npm run bench:scale`

import { functionName } from '#cdk/handlers.ts'
import { installLatency } from './latency.ts'
import { measure } from './measure.ts'
import { STAGE, TABLE } from './subject.ts'
import { installVirtualClock } from './virtual-clock.ts'

Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'function',
  AWS_SECRET_ACCESS_KEY: 'function',
  AWS_DISABLE_CLOCK_SKEW_CORRECTION: 'true',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  SLUICE_STAGE: STAGE,
  SLUICE_TABLE: TABLE,
  SLUICE_APPLY_FUNCTION: functionName(STAGE, 'apply'),
  SLUICE_REBALANCE_FUNCTION: functionName(STAGE, 'rebalance'),
})
const clock = installVirtualClock(1_800_000_000)
installLatency(clock)
const t = process.hrtime.bigint()
for (const n of process.argv.slice(2)) {
  const size = await measure(clock, Number(n))
  console.log(JSON.stringify(size, null, 1))
  console.log(Number(process.hrtime.bigint() - t) / 1e9, 's')
}
