// Reads the flags of `npm start`, and objects to those that do not go together.
import { problemLine } from '#config/problem.ts'
import { readFlags } from '#flags/read-flags.ts'
import { startCommand } from './start-command.ts'

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

/** Every problem at once. `scenarios` are the names of the stories there are. */
export function parseFlags(args: readonly string[], scenarios: readonly string[]): ParsedFlags {
  const { values, isHelp, problems } = readFlags(startCommand(scenarios), args)
  const { config, scenario, once: isOnce, json: isJson } = values
  const isNamed = args.some((argument) => argument === '--scenario' || argument.startsWith('--scenario='))
  const together: string[] = []
  if (isOnce && !isNamed) {
    together.push(problemLine('--once', { seen: 'no --scenario', allowed: 'with a story that ends', mend: 'Add --scenario NAME.' }))
  }
  if (isJson && !isOnce) {
    const mend = 'Add --scenario NAME --once, or leave out --json.'
    together.push(problemLine('--json', { seen: 'no --once', allowed: 'with the report of a story', mend }))
  }
  if (config !== undefined && scenario !== undefined) {
    const mend = 'Leave out --config or --scenario.'
    together.push(problemLine('--config', { seen: '--scenario beside it', allowed: 'without a scenario, which names its own', mend }))
  }
  const all = isHelp ? [] : [...problems, ...together]
  if (all.length > 0) return { ok: false, problems: all }
  const { port, 'dns-port': dnsPort, 'aws-port': awsPort, speed } = values
  const isControlled = values.without === undefined
  return { ok: true, flags: { port, dnsPort, awsPort, speed, config, scenario, isOnce, isJson, isControlled, isHelp } }
}
