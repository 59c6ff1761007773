// Synthesises the stack of a file for tests of the template.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { buildApp } from '#cdk/build-app.ts'
import { stackName } from '#cdk/stacks/sluice-stack.ts'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems } from '#config/problem.ts'
import type { Configuration } from '#model/configuration.ts'

export function exampleConfiguration(): Configuration {
  return configurationOf(readFileSync('examples/aws-hetzner/sluice.yaml', 'utf8'))
}

export function configurationOf(yaml: string): Configuration {
  const parsed = parseConfiguration(yaml, 'sluice.yaml')
  if (!parsed.ok) throw new Error(formatProblems(parsed.problems))
  return parsed.configuration
}

/** Without the code of the functions, which these tests do not look at. */
export function synthesise(configuration: Configuration): Template {
  const app = buildApp({ configuration, bundle: false, outdir: mkdtempSync(join(tmpdir(), 'sluice-template-')) })
  return Template.fromStack(app.node.findChild(stackName(configuration.stage)) as Stack)
}
