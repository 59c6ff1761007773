// Entry of the CDK command line: reads sluice.yaml, stops at what is wrong in it, and has the rules of cdk-nag look at the stack.
import { readFileSync } from 'node:fs'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { buildApp } from '#cdk/build-app.ts'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems } from '#config/problem.ts'

const file = configurationFile()
const parsed = parseConfiguration(readConfiguration(file), file)
if (!parsed.ok) stop(formatProblems(parsed.problems))
if (parsed.warnings.length > 0) console.error(`${formatProblems(parsed.warnings)}\n`)

const app = buildApp({ configuration: parsed.configuration, validate: true })
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
app.synth()

/** `cdk deploy --context config=FILE`, or SLUICE_CONFIG, or ./sluice.yaml. */
function configurationFile(): string {
  const context: unknown = new App({ autoSynth: false }).node.tryGetContext('config')
  return typeof context === 'string' ? context : (process.env.SLUICE_CONFIG ?? 'sluice.yaml')
}

function readConfiguration(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return stop(
      `${path}: cannot be read (${error instanceof Error ? error.message : error}).\n` +
        '  mend:    copy examples/aws-hetzner/sluice.yaml to ./sluice.yaml, or name your file: --context config=FILE, or SLUICE_CONFIG=FILE',
    )
  }
}

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}
