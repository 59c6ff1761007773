// The parameters of a stage → its configuration, or what is wrong with them.
import * as z from 'zod'
import { Configuration } from '#model/configuration.ts'
import { HostnamePolicy } from '#model/hostname.ts'
import { Policy } from '#model/policy.ts'
import { Provider } from '#model/provider.ts'
import { digestOf } from './digest.ts'
import { stageParameter, stagePath } from './parameter-names.ts'
import { formatPath, formatValue, type Problem } from './problem.ts'

const PolicyParameter = Configuration.pick({ stage: true, homeRegion: true, alarmTopicArn: true }).extend({
  digest: z.string(),
  policy: Policy,
})

export type ParsedParameters =
  | { readonly ok: true; readonly configuration: Configuration; readonly digest: string }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** `parameters` is everything under `/sluice/<stage>/`, keyed by the path below it; the order does not matter, `stack` and unknown names are ignored. */
export function parseParameters(stage: string, parameters: ReadonlyMap<string, string>): ParsedParameters {
  const problems: Problem[] = []
  const read = <T>(schema: z.ZodType<T>, name: string, value: string | undefined): T[] => {
    const found = readParameter(schema, `${stagePath(stage)}/${name}`, value)
    if (found.ok) return [found.value]
    problems.push(...found.problems)
    return []
  }
  const group = <T>(schema: z.ZodType<T>, prefix: string) =>
    [...parameters].filter(([name]) => name.startsWith(prefix)).flatMap(([name, value]) => read(schema, name, value))

  const [policy] = read(PolicyParameter, 'policy', parameters.get('policy'))
  const providers = group(Provider, 'providers/').toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const hostnames = group(HostnamePolicy, 'hostnames/').toSorted((a, b) => (a.hostname < b.hostname ? -1 : 1))
  if (policy === undefined || problems.length > 0) return { ok: false, problems }

  const { digest: stated, ...settings } = policy
  const configuration: Configuration = { ...settings, providers, hostnames }
  const digest = digestOf(configuration)
  if (digest !== stated) {
    const mend = 'Wait for the deployment that is under way to end, or deploy again: the file is the owner, not the parameters.'
    problems.push({
      code: 'digest',
      file: stageParameter(stage, 'policy'),
      path: 'digest',
      seen: `${stated}, but the parameters give ${digest}`,
      allowed: 'parameters of one deployment',
      mend,
    })
    return { ok: false, problems }
  }
  return { ok: true, configuration, digest }
}

type Read<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

function readParameter<T>(schema: z.ZodType<T>, file: string, text: string | undefined): Read<T> {
  const mend = 'Deploy again from sluice.yaml; parameters are not edited by hand.'
  if (text === undefined)
    return { ok: false, problems: [{ code: 'missing', file, path: '', seen: 'nothing', allowed: 'the parameter', mend }] }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, problems: [{ code: 'json', file, path: '', seen: formatValue(text), allowed: 'JSON', mend }] }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
      const seen = path.reduce<unknown>((inner, part) => (inner as Record<string | number, unknown> | null | undefined)?.[part], value)
      return { code: 'schema', file, path: formatPath(path), seen: formatValue(seen), allowed: issue.message, mend }
    }),
  }
}
