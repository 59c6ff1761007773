// Plain CSV: a header, then one row for each minute. An empty cell is no data.
import type { ArmMinute } from '#model/judge-minute.ts'
import { mustRise, type Spot, traceFailure } from './trace-failure.ts'
import type { TraceMinute } from './trace-minute.ts'

const NEEDED = ['minute', 'canary_requests', 'canary_failures', 'control_requests', 'control_failures'] as const
const OPTIONAL = ['canary_clients_failing', 'control_clients_failing'] as const
export const COLUMNS: readonly string[] = [...NEEDED, ...OPTIONAL]

type Row = { readonly spot: Spot; readonly cells: ReadonlyMap<string, string> }

/** @throws CommandFailure */
export function readCsv(file: string, text: string): TraceMinute[] {
  const rows = readRows(file, text)
  let previous: number | undefined
  return rows.map(({ spot, cells }) => {
    const label = cells.get('minute') ?? ''
    const minute = minuteOf(spot, label)
    mustRise({ ...spot, column: 'minute' }, previous, minute, label)
    previous = minute
    const [canary, control] = [armOf(spot, cells, 'canary'), armOf(spot, cells, 'control')]
    return {
      minute: { minute, ...(canary === undefined ? {} : { canary }), ...(control === undefined ? {} : { control }) },
      label: String(minute) === label ? minute : label,
    }
  })
}

function readRows(file: string, text: string): Row[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, cells: line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [head, ...rest] = lines
  const header = head?.cells ?? []
  const spot: Spot = { file, line: head?.line ?? 1 }
  const unknown = header.find((name, i) => !COLUMNS.includes(name) || header.indexOf(name) !== i)
  const lacking = NEEDED.filter((name) => !header.includes(name))
  if (unknown !== undefined || lacking.length > 0)
    throw traceFailure(
      spot,
      lacking.length > 0
        ? `${formatted(header.join(','))}, without ${lacking.join(', ')}`
        : `column ${formatted(unknown ?? '')}, unknown or there twice`,
      `a header of ${NEEDED.join(',')}, and if known ${OPTIONAL.join(',')}`,
      'Write the names of the columns in the first line.',
    )
  if (rest.length === 0) throw traceFailure(spot, 'a header and no row', 'one row for each minute', 'Add the minutes that were counted.')
  return rest.map(({ line, cells }) => {
    if (cells.length !== header.length)
      throw traceFailure(
        { file, line },
        `${cells.length} cells`,
        `${header.length}, as many as the header has`,
        'Write a comma for each column; an empty cell is no data.',
      )
    return { spot: { file, line }, cells: new Map(header.map((name, i) => [name, cells[i] ?? ''])) }
  })
}

function minuteOf(spot: Spot, text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text)
  const time = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) / 1000 : Number.NaN
  if (Number.isFinite(time)) return time
  throw traceFailure(
    { ...spot, column: 'minute' },
    formatted(text),
    'a whole number from 0, or a time with its zone, such as 2026-03-01T12:00:00Z',
    'Number the minutes from 0 if there is no time.',
  )
}

function armOf(spot: Spot, cells: Row['cells'], arm: 'canary' | 'control'): ArmMinute | undefined {
  const [requests, failures, clientsFailing] = (['requests', 'failures', 'clients_failing'] as const).map((what) =>
    countOf({ ...spot, column: `${arm}_${what}` }, cells.get(`${arm}_${what}`) ?? ''),
  )
  const most = (what: string, value: number | undefined, bound: number | undefined, of: string) => {
    if (value !== undefined && bound !== undefined && value > bound)
      throw traceFailure(
        { ...spot, column: `${arm}_${what}` },
        `${value}, of ${bound} ${of}`,
        `0 to ${bound}`,
        'Count both over the same minute.',
      )
  }
  most('failures', failures, requests, 'requests')
  most('clients_failing', clientsFailing, failures ?? requests, failures === undefined ? 'requests' : 'failures')
  if (requests === undefined) return undefined
  return { requests, ...(failures === undefined ? {} : { failures }), ...(clientsFailing === undefined ? {} : { clientsFailing }) }
}

function countOf(spot: Spot, text: string): number | undefined {
  if (text === '') return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw traceFailure(spot, formatted(text), 'a whole number from 0, or nothing for no data', 'Write how many were counted in this minute.')
}

function formatted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text)
}
