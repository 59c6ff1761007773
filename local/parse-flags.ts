// Reads the flags of `npm start`; anything it does not know is an error that names the flag, the value and what is allowed.
import { parseArgs } from 'node:util'
import { nearestWord } from '#config/nearest-word.ts'

export type Flags = {
  /** Port of the page; 0 lets the system choose, absent: the usual one, or a free one when that is taken. */
  readonly port: number | undefined
  readonly dnsPort: number | undefined
  readonly awsPort: number | undefined
  /** Absent: the scenario's, or the default. */
  readonly speed: number | undefined
  readonly config: string | undefined
  readonly scenario: string | undefined
  readonly isOnce: boolean
  readonly isJson: boolean
  readonly isControlled: boolean
  readonly isHelp: boolean
}

export type ParsedFlags = { readonly ok: true; readonly flags: Flags } | { readonly ok: false; readonly problems: readonly string[] }

export const DEFAULT_SPEED = 20
const MOST_SPEED = 60
export const PORTS = { port: 4600, 'dns-port': 5353, 'aws-port': 4566 } as const

const OPTIONS = {
  port: { type: 'string', multiple: true },
  'dns-port': { type: 'string', multiple: true },
  'aws-port': { type: 'string', multiple: true },
  speed: { type: 'string', multiple: true },
  config: { type: 'string', multiple: true },
  scenario: { type: 'string', multiple: true },
  without: { type: 'string', multiple: true },
  once: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export const USAGE = `npm start -- [flags]
  --port N           port of the page (${PORTS.port}; 0: a free one)
  --dns-port N       port of the name server, UDP and TCP (${PORTS['dns-port']}; 0: a free one)
  --aws-port N       port of the AWS endpoint (${PORTS['aws-port']}; 0: a free one)
  --speed N          seconds of the clock per second, 1 to ${MOST_SPEED} (${DEFAULT_SPEED}, or what the scenario says)
  --config FILE      your own sluice.yaml: its providers are simulated
  --scenario NAME    tell a story from scenarios/
  --once             end when the story ends; exit 0 if it went as expected, 1 if not
  --json             with --once: print the report as JSON
  --without rebalance  static weights and health checks only, without the controller`

/** Every problem at once. */
export function parseFlags(args: readonly string[]): ParsedFlags {
  const known = Object.keys(OPTIONS)
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true, tokens: true })
  const problems: string[] = []
  const read = (name: string): string | undefined => {
    const given = tokens.filter((token) => token.kind === 'option' && token.name === name)
    if (given.length > 1) problems.push(`--${name}: given ${given.length} times; allowed: once`)
    const [first] = given
    if (first?.kind !== 'option') return undefined
    if (first.value === undefined || first.value === '' || (!first.inlineValue && first.value.startsWith('--'))) {
      problems.push(`--${name}: no value; allowed: ${ALLOWED[name]}`)
      return undefined
    }
    return first.value
  }
  const number = (name: string, from: number, to: number, isWhole: boolean): number | undefined => {
    const text = read(name)
    if (text === undefined) return undefined
    const value = Number(text)
    if (Number.isFinite(value) && value >= from && value <= to && (!isWhole || Number.isInteger(value))) return value
    problems.push(`--${name}: "${text}"; allowed: ${ALLOWED[name]}`)
    return undefined
  }
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]
    // What follows an unknown flag is its value.
    const isItsValue = before?.kind === 'option' && !known.includes(before.name) && before.value === undefined
    if (token.kind === 'positional' && !isItsValue)
      problems.push(`"${token.value}": no flag; allowed: ${known.map((name) => `--${name}`).join(', ')}`)
    if (token.kind !== 'option' || known.includes(token.name)) continue
    const near = nearestWord(token.name, known)
    problems.push(
      `${token.rawName}: not a flag; allowed: ${known.map((name) => `--${name}`).join(', ')}${near === undefined ? '' : `; did you mean --${near}?`}`,
    )
  }
  for (const name of ['once', 'json', 'help'] as const) {
    if (values[name] !== undefined && typeof values[name] !== 'boolean')
      problems.push(`--${name}: "${String(values[name])}"; allowed: no value`)
  }
  const flags: Flags = {
    port: number('port', 0, 65_535, true),
    dnsPort: number('dns-port', 0, 65_535, true),
    awsPort: number('aws-port', 0, 65_535, true),
    speed: number('speed', 1, MOST_SPEED, false),
    config: read('config'),
    scenario: read('scenario'),
    isOnce: values.once === true,
    isJson: values.json === true,
    isControlled: !isWithout(read('without'), problems),
    isHelp: values.help === true,
  }
  if (flags.isOnce && flags.scenario === undefined) problems.push('--once: needs a story that ends; add --scenario NAME')
  if (flags.isJson && !flags.isOnce) problems.push('--json: is the report of a story; add --scenario NAME --once')
  if (flags.config !== undefined && flags.scenario !== undefined) {
    problems.push('--config: a scenario names its own configuration; leave out --config or --scenario')
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, flags }
}

const PORT = 'a whole number from 0 to 65535, 0 for a free one'
const ALLOWED: Readonly<Record<string, string>> = {
  port: PORT,
  'dns-port': PORT,
  'aws-port': PORT,
  speed: `a number from 1 to ${MOST_SPEED}`,
  config: 'the path of a sluice.yaml',
  scenario: 'the name of a story in scenarios/',
  without: 'rebalance',
}

function isWithout(value: string | undefined, problems: string[]): boolean {
  if (value !== undefined && value !== 'rebalance') problems.push(`--without: "${value}"; allowed: ${ALLOWED.without}`)
  return value === 'rebalance'
}
