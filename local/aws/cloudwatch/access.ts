// What the rest of the local system may do to CloudWatch besides its API.
import type { PublishMetric } from './metric-store.ts'

export type CloudWatchSettings = {
  /** Clock seconds until a published value can be read. @default 0 */
  publishingLagSeconds: number
}

export interface CloudWatchAccess {
  readonly settings: CloudWatchSettings
  /** Takes a log line of a function; a line in the embedded metric format becomes metrics, any other is ignored. */
  ingestLog(functionName: string, line: string): void
  /** One value of a service's own metrics, such as AWS/Lambda: namespaces that PutMetricData refuses. */
  readonly publish: PublishMetric
}
