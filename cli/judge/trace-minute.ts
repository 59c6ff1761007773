// One minute of a file to replay.
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeRecord } from '#model/judge-record.ts'

export type TraceMinute = {
  readonly minute: JudgeMinute
  /** The minute as the file writes it. */
  readonly label: string | number
  /** What the judge said at the time, by which settings. */
  readonly record?: JudgeRecord
}
