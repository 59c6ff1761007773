// Text of a story → checked story, or everything that is wrong with it: place, value, what is allowed, how to mend it.
import * as z from 'zod'
import { formatPath, type Problem } from '#config/problem.ts'
import { readYaml } from '#config/read-yaml.ts'
import { schemaFindings } from '#config/schema-findings.ts'
import type { SchemaNode } from '#config/schema-node.ts'
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
  const problems = schemaFindings(parsed.error.issues, { schema, document: yaml.value }).map((finding): Problem => {
    const line = yaml.lineOf(finding.path) ?? yaml.lineOf(finding.path.slice(0, -1))
    return { ...finding, file, path: formatPath(finding.path), ...(line === undefined ? {} : { line }) }
  })
  return { ok: false, problems }
}
