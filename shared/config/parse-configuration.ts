// Text of sluice.yaml → checked configuration, or everything that is wrong with it.
import type { Configuration } from '#model/configuration.ts'
import { problemsOf, warningsOf } from './checks/index.ts'
import { fileSchema } from './file-schema.ts'
import { type Finding, formatPath, type Problem } from './problem.ts'
import { readYaml } from './read-yaml.ts'
import { resolve } from './resolve.ts'
import { schemaFindings } from './schema-findings.ts'
import { SluiceFile } from './sluice-file.ts'

export type ParsedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reports everything it can: the syntax, or all that the schema objects to, or all that the checks find. `fileName` only names the file in problems. */
export function parseConfiguration(yamlText: string, fileName: string): ParsedConfiguration {
  const yaml = readYaml(yamlText)
  if (!yaml.ok)
    return { ok: false, problems: yaml.findings.map((finding) => ({ ...finding, file: fileName, path: formatPath(finding.path) })) }

  const place = (finding: Finding): Problem => {
    // What is missing has no line of its own: show where it would belong.
    const line = yaml.lineOf(finding.path) ?? yaml.lineOf(finding.path.slice(0, -1))
    return { ...finding, file: fileName, path: formatPath(finding.path), ...(line === undefined ? {} : { line }) }
  }

  const file = SluiceFile.safeParse(yaml.value)
  if (!file.success)
    return { ok: false, problems: schemaFindings(file.error.issues, { schema: fileSchema(), document: yaml.value }).map(place) }
  const problems = problemsOf(file.data)
  if (problems.length > 0) return { ok: false, problems: problems.map(place) }
  return { ok: true, configuration: resolve(file.data), warnings: warningsOf(file.data).map(place) }
}
