// A file to replay → its minutes: plain CSV, or the journal's own records as JSON Lines.
import { readCsv } from './read-csv.ts'
import { readRecords } from './read-records.ts'
import type { TraceMinute } from './trace-minute.ts'

/** @throws CommandFailure that names the line and the column */
export function readTrace(file: string, text: string): TraceMinute[] {
  // A byte order mark is what spreadsheets put first.
  const clean = text.replace(/^\uFEFF/, '')
  return /^\s*\{/.test(clean) ? readRecords(file, clean) : readCsv(file, clean)
}
