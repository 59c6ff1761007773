// Reads the flags of `npm run aws`; anything it does not know is an error that names the flag, the value and what is allowed.
import { parseArgs } from 'node:util'

export type AwsFlags = { readonly port: number; readonly speed: number; readonly isJson: boolean; readonly isHelp: boolean }
export type ParsedAwsFlags = { readonly ok: true; readonly flags: AwsFlags } | { readonly ok: false; readonly problems: readonly string[] }

const DEFAULT_PORT = 4566
const MOST_SPEED = 1000

export const AWS_USAGE = `npm run aws -- [flags]
  --port N    port of the endpoint on loopback (${DEFAULT_PORT}; 0: a free one)
  --speed N   seconds of the account's clock per second, above 0 and up to ${MOST_SPEED} (1: real time)
  --json      print the endpoint and the environment as one line of JSON
  --help      this text`

const FLAGS = ['port', 'speed', 'json', 'help']
const OPTIONS = {
  port: { type: 'string', default: String(DEFAULT_PORT) },
  speed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** Every problem at once. */
export function parseAwsFlags(args: readonly string[]): ParsedAwsFlags {
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true, tokens: true })
  const allowed = FLAGS.map((name) => `--${name}`).join(', ')
  const problems = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [`"${token.value}": not a flag; allowed: ${allowed}`]
    if (token.kind === 'option' && !FLAGS.includes(token.name)) return [`${token.rawName}: not a flag; allowed: ${allowed}`]
    const takesNone = token.kind === 'option' && (token.name === 'json' || token.name === 'help') && token.value !== undefined
    return takesNone ? [`${token.rawName}: "${token.value}"; allowed: no value`] : []
  })
  const number = (name: 'port' | 'speed', isAllowed: (value: number) => boolean, what: string): number => {
    const text = values[name]
    const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN
    if (!isAllowed(value)) problems.push(`--${name}: ${typeof text === 'string' ? `"${text}"` : 'no value'}; allowed: ${what}`)
    return value
  }
  const port = number(
    'port',
    (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
    'a whole number from 0 to 65535, 0 for a free one',
  )
  const speed = number('speed', (value) => value > 0 && value <= MOST_SPEED, `a number above 0 and up to ${MOST_SPEED}`)
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, flags: { port, speed, isJson: values.json === true, isHelp: values.help === true } }
}
