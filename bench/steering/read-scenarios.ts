// Somebody's own scenarios from a JSON file, demand traces from CSV included; wrong input is answered with place, value and mend.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as z from 'zod'
import { Scenario, type Series } from './scenario.ts'

export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError'
}

const CsvDemand = z.strictObject({
  csv: z.string().min(1),
  seconds: z.string().default('seconds'),
  requestsPerSecond: z.string().default('requests_per_second'),
})

/** `{"scenarios": […]}` or a list. Paths of traces are relative to the file. */
export function readScenarios(file: string): Scenario[] {
  const parsed = parseJson(file, read(file))
  const list = Array.isArray(parsed) ? parsed : (parsed as { scenarios?: unknown } | null)?.scenarios
  if (!Array.isArray(list) || list.length === 0)
    throw new ScenarioFileError(`${file}: no scenarios; allowed: a list of scenarios, or {"scenarios": [...]} with at least one`)
  return list.map((one, i) => {
    const checked = Scenario.safeParse(withTrace(one, file))
    if (checked.success) return checked.data
    const issues = checked.error.issues.map(
      ({ path, message }) => `  ${[i, ...path].join('/')}: ${message}; saw ${JSON.stringify(at(one, path)) ?? 'nothing'}`,
    )
    throw new ScenarioFileError(`${file} is not a list of scenarios:\n${issues.join('\n')}\nbench/steering/README.md documents every field`)
  })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ScenarioFileError(`${file}: cannot be read; name an existing file`, { cause })
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ScenarioFileError(`${file}: not JSON: ${(cause as Error).message}`, { cause })
  }
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((inner: unknown, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value)
}

/** Replaces `"demand": {"csv": …}` by the ramp the trace describes. */
function withTrace(one: unknown, file: string): unknown {
  const demand = (one as { demand?: unknown } | null)?.demand
  const asked = CsvDemand.safeParse(demand)
  return asked.success ? { ...(one as object), demand: demandFromCsv(resolve(dirname(file), asked.data.csv), asked.data) } : one
}

/** A header line, then one line per point: seconds after the event, requests/s. */
export function demandFromCsv(file: string, columns: { readonly seconds: string; readonly requestsPerSecond: string }): Series {
  const [header = '', ...lines] = read(file)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const names = header.split(',').map((name) => name.trim())
  const [secondsAt, requestsAt] = [columns.seconds, columns.requestsPerSecond].map((name) => names.indexOf(name))
  if (secondsAt === undefined || requestsAt === undefined || secondsAt < 0 || requestsAt < 0)
    throw new ScenarioFileError(
      `${file}:1: the columns are ${names.join(', ')}; wanted are ${columns.seconds} and ${columns.requestsPerSecond}`,
    )
  const ramp = lines.map((line, i): [number, number] => {
    const cells = line.split(',').map((cell) => Number(cell.trim() === '' ? Number.NaN : cell))
    const [seconds, requests] = [cells[secondsAt], cells[requestsAt]]
    if (seconds === undefined || requests === undefined || !Number.isFinite(seconds) || !(requests >= 0))
      throw new ScenarioFileError(`${file}:${i + 2}: saw "${line}"; allowed are two numbers, requests/s not negative`)
    return [seconds, requests]
  })
  if (ramp.length === 0) throw new ScenarioFileError(`${file}: no points below the header`)
  return { ramp: ramp.toSorted(([a], [b]) => a - b) }
}
