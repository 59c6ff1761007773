// What the rest of the local system may do to CloudWatch besides its API.

export type CloudWatchSettings = {
  /** Clock seconds until a published value can be read. @default 0 */
  publishingLagSeconds: number
}

export interface CloudWatchAccess {
  readonly settings: CloudWatchSettings
  /** Takes a log line of a function; a line in the embedded metric format becomes metrics, any other is ignored. */
  ingestLog(functionName: string, line: string): void
}
