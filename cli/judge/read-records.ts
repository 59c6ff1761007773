// The journal's records of judged minutes as JSON Lines; other lines of the journal are passed over.
import * as z from 'zod'
import { formatPath } from '#config/problem.ts'
import { JudgeMinute } from '#model/judge-minute.ts'
import { JudgeRecord } from '#model/judge-record.ts'
import { mustRise, type Spot, traceFailure } from './trace-failure.ts'
import type { TraceMinute } from './trace-minute.ts'

const ALLOWED = 'one record of the journal ({"kind":"judged",…}) or one minute ({"minute":…,"canary":{…},"control":{…}}) on each line'

/** @throws CommandFailure */
export function readRecords(file: string, text: string): TraceMinute[] {
  let previous: number | undefined
  let of: string | undefined
  const begun = new Set<string>()
  const minutes = text.split(/\r?\n/).flatMap((line, index) => {
    const spot: Spot = { file, line: index + 1 }
    const value = line.trim() === '' ? undefined : jsonOf(spot, line)
    if (value === undefined || isOther(value)) return []
    const read = minuteOf(spot, value)
    // Another canary begins anew.
    const canary = canaryOf(read)
    const { record } = read
    if (canary !== of && record !== undefined && !begun.has(canary)) mustBegin(spot, record)
    begun.add(canary)
    mustRise({ ...spot, column: 'minute' }, canary === of ? previous : undefined, read.minute.minute, read.label)
    of = canary
    previous = read.minute.minute
    return [read]
  })
  if (minutes.length === 0) throw traceFailure({ file, line: 1 }, 'no judged minute', ALLOWED, 'Name a file that has some.')
  return minutes
}

/** From its middle on a canary cannot be judged again: what the judge knew then is the sum of all minutes before. @throws CommandFailure */
function mustBegin(spot: Spot, { settings, hostname, generation }: JudgeRecord): void {
  if (settings !== undefined) return
  throw traceFailure(
    { ...spot, column: 'settings' },
    `none: this is not the first minute of generation ${generation} of ${hostname}`,
    'every canary from its first minute on, which has its settings',
    'Add the lines before it, or leave this canary out when they are older than the journal.',
  )
}

/** Whose evidence a minute belongs to. */
export function canaryOf({ record }: TraceMinute): string {
  return record === undefined ? '' : `${record.hostname} ${record.generation}`
}

function minuteOf(spot: Spot, value: unknown): TraceMinute {
  const isRecord = z.object({ kind: z.literal('judged') }).safeParse(value).success
  const parsed = isRecord ? JudgeRecord.safeParse(value) : JudgeMinute.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue?.path.filter((part) => typeof part !== 'symbol') ?? []
    throw traceFailure(
      path.length === 0 ? spot : { ...spot, column: formatPath(path) },
      issue?.message ?? 'something else',
      ALLOWED,
      'Correct the line, or leave it out: a minute that is not there is no data.',
    )
  }
  if ('kind' in parsed.data) return { minute: parsed.data.minute, label: parsed.data.minute.minute, record: parsed.data }
  return { minute: parsed.data, label: parsed.data.minute }
}

function isOther(value: unknown): boolean {
  const kind = z.object({ kind: z.string() }).safeParse(value).data?.kind
  return kind !== undefined && kind !== 'judged'
}

function jsonOf(spot: Spot, line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw traceFailure(spot, cause instanceof Error ? cause.message : 'no JSON', ALLOWED, 'Write each record on one line.')
  }
}
