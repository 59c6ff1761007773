// Text of a story → checked story, or everything that is wrong with it: place, value, what is allowed, how to mend it.
import * as z from 'zod'
import { allowedValues } from '#config/allowed-values.ts'
import { keysOf, type SchemaNode, schemaAt } from '#config/file-schema.ts'
import { nearestWord } from '#config/nearest-word.ts'
import { formatPath, formatValue, type PathPart, type Problem } from '#config/problem.ts'
import { readYaml } from '#config/read-yaml.ts'
import { type Scenario, ScenarioFile } from './scenario-file.ts'

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function parseScenario(text: string, file: string, name: string): ParsedScenario {
  const yaml = readYaml(text)
  if (!yaml.ok) return { ok: false, problems: yaml.findings.map((finding) => ({ ...finding, file, path: formatPath(finding.path) })) }
  const parsed = ScenarioFile.safeParse(yaml.value)
  if (parsed.success) return { ok: true, scenario: { ...parsed.data, name } }
  const schema = z.toJSONSchema(ScenarioFile, { io: 'input' }) as SchemaNode
  const problems = parsed.error.issues.map((issue): Problem => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    const line = yaml.lineOf(path) ?? yaml.lineOf(path.slice(0, -1))
    return {
      code: issue.code,
      file,
      path: formatPath(path),
      ...(line === undefined ? {} : { line }),
      ...explain(issue, path, yaml.value, schema),
    }
  })
  return { ok: false, problems }
}

function explain(
  issue: z.core.$ZodIssue,
  path: readonly PathPart[],
  document: unknown,
  schema: SchemaNode,
): Pick<Problem, 'seen' | 'allowed' | 'mend'> {
  const value = path.reduce<unknown>((at, part) => (at as Record<PathPart, unknown> | null | undefined)?.[part], document)
  const node = schemaAt(path, schema)
  if (issue.code === 'unrecognized_keys') {
    const known = (node && keysOf(node)) ?? []
    const near = nearestWord(issue.keys[0] ?? '', known)
    const seen = `the key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`
    return {
      seen,
      allowed: `the keys ${known.join(', ')}`,
      mend: near === undefined ? `Remove ${issue.keys.join(', ')}.` : `Did you mean ${near}?`,
    }
  }
  const allowed = issue.code === 'custom' || node === undefined ? issue.message : allowedValues(node)
  return { seen: formatValue(value), allowed, mend: value === undefined ? `Add ${path.at(-1)}.` : `Write ${allowed}.` }
}
