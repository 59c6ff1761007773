// The stack is clean under cdk-nag and CloudFormation's schemas, with a reason for each exception.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type App, type Stack, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import { describe, expect, test } from 'vitest'
import { buildApp } from '#cdk/build-app.ts'
import { exampleConfiguration } from './synthesise.ts'

const run = promisify(execFile)

/** The rules that object to the example's stack after `change`. */
function objections(change: (stack: Stack) => void): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-nag-'))
  const app: App = buildApp({ configuration: exampleConfiguration(), bundle: false, outdir })
  change(app.node.findChild('sluice-prod') as Stack)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  try {
    app.synth()
  } catch {
    // Objections end the synthesis; they stand in the report.
  }
  const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8')
  return [...new Set(report.match(/AwsSolutions-[A-Z0-9]+/g))].toSorted()
}

describe('the rules of cdk-nag', () => {
  test('have nothing against the stack', () => {
    expect(objections(() => {})).toEqual([])
  })

  test('would have something against a queue that takes plain HTTP', () => {
    expect(objections((stack) => new Queue(stack, 'Planted'))).toEqual(['AwsSolutions-SQS3', 'AwsSolutions-SQS4'])
  })
})

describe('the entry of the CDK command line', () => {
  test('synthesises the example, which CloudFormation accepts', { timeout: 90_000 }, async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'sluice-synth-'))
    const env = { ...process.env, CDK_OUTDIR: outdir, SLUICE_CONFIG: 'examples/aws-hetzner/sluice.yaml' }
    await run(process.execPath, ['cdk/app.ts'], { env })
    expect(existsSync(join(outdir, 'sluice-prod.template.json'))).toBe(true)
    expect(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'))).toMatchObject({ pluginReports: [] })
  })

  test('stops at a file that is not there and says what to do', async () => {
    const env = { ...process.env, SLUICE_CONFIG: 'does-not-exist.yaml' }
    const failure = await run(process.execPath, ['cdk/app.ts'], { env }).catch((error: { code: number; stderr: string }) => error)
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining('does-not-exist.yaml: cannot be read') })
  })
})
