// A file to replay → its minutes: plain CSV, or the journal's own records as JSON Lines.
import { readCsv } from './read-csv.ts'
import { readRecords } from './read-records.ts'
import { traceFailure } from './trace-failure.ts'
import type { TraceMinute } from './trace-minute.ts'

/** @throws CommandFailure that names the line and the column */
export function readTrace(file: string, text: string): TraceMinute[] {
  // A byte order mark is what spreadsheets put first.
  const clean = text.replace(/^\uFEFF/, '')
  if (/^\s*\[/.test(clean))
    throw traceFailure(
      { file, line: 1 },
      'a JSON array',
      "the journal's judged minutes as JSON Lines, or CSV",
      'sluice journal HOSTNAME --judged > FILE writes what can be replayed.',
    )
  return /^\s*\{/.test(clean) ? readRecords(file, clean) : readCsv(file, clean)
}
