// Everything that is checked beyond the shape of the file, in the order in which it is reported.
import type { Finding } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'
import { alarmTopicFindings } from './alarm-topic.ts'
import { endpointFindings } from './endpoints.ts'
import { freezeWindowFindings } from './freeze-windows.ts'
import { healthCheckFindings } from './health-checks.ts'
import { hostnameFindings } from './hostnames.ts'
import { recordTypeFindings } from './record-types.ts'
import { serviceFindings } from './services.ts'
import { shareFindings } from './shares.ts'
import { strategyFindings } from './strategies.ts'
import { timingFindings } from './timing.ts'
import { ttlFindings } from './ttl.ts'
import { warningFindings } from './warnings.ts'

const CHECKS = [
  hostnameFindings,
  endpointFindings,
  recordTypeFindings,
  healthCheckFindings,
  shareFindings,
  ttlFindings,
  timingFindings,
  alarmTopicFindings,
  serviceFindings,
  strategyFindings,
  freezeWindowFindings,
]

/** What makes the file unusable. */
export function problemsOf(file: SluiceFile): Finding[] {
  return CHECKS.flatMap((check) => check(file))
}

/** What is worth a look; the file is used all the same. */
export function warningsOf(file: SluiceFile): Finding[] {
  return warningFindings(file)
}
