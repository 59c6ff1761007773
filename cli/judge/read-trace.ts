// A file to replay → its minutes: plain CSV, or the journal's own records as JSON Lines.
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeRecord } from '#model/judge-record.ts'
import { readCsv } from './read-csv.ts'
import { readRecords } from './read-records.ts'

export type TraceMinute = {
  readonly minute: JudgeMinute
  /** The minute as the file writes it. */
  readonly label: string | number
  /** What the judge said at the time, by which settings. */
  readonly record?: JudgeRecord
}

/** @throws CommandFailure that names the line and the column */
export function readTrace(file: string, text: string): TraceMinute[] {
  // A byte order mark is what spreadsheets put first.
  const clean = text.replace(/^\uFEFF/, '')
  return /^\s*\{/.test(clean) ? readRecords(file, clean) : readCsv(file, clean)
}
