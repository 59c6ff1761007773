// What is uploaded: small enough to start quickly, and loadable as Lambda loads it.
import { execFile } from 'node:child_process'
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { bundleHandlers } from '#cdk/bundling/bundle-handlers.ts'
import { HANDLER_NAMES } from '#cdk/handlers.ts'

const BUDGET_BYTES = 700_000
const run = promisify(execFile)
const bundles = bundleHandlers(process.cwd(), mkdtempSync(join(tmpdir(), 'sluice-bundles-')))

describe.each(HANDLER_NAMES)('the bundle of %s', (name) => {
  const file = join(bundles.directories[name], 'handler.mjs')

  test(`is at most ${BUDGET_BYTES / 1000} KB`, () => {
    expect(statSync(file).size).toBeLessThanOrEqual(BUDGET_BYTES)
  })

  test('loads by itself, outside the repository, and exports handler', async () => {
    const env = {
      PATH: process.env.PATH,
      AWS_REGION: 'us-east-1',
      SLUICE_STAGE: 'test',
      SLUICE_TABLE: 'table',
      SLUICE_APPLY_FUNCTION: 'apply',
      SLUICE_REBALANCE_FUNCTION: 'rebalance',
      SLUICE_STEP_FUNCTION: 'step',
      SLUICE_JUDGE_FUNCTION: 'judge',
      SLUICE_BUS: 'bus',
    }
    const program = `const { handler } = await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(typeof handler)`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { env, cwd: tmpdir() })
    expect(stdout.trim()).toBe('function')
  })
})

test('what is left out of the bundles is loaded on demand only', () => {
  const outside = Object.values(bundles.metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !path.startsWith('node:'))
  expect(new Set(outside.filter(({ path }) => path.includes('/')).map(({ kind }) => kind))).toEqual(new Set(['dynamic-import']))
})

test('a bundle does not contain what another function is for', () => {
  const inputsOf = (name: string) =>
    Object.entries(bundles.metafile.outputs)
      .filter(([path]) => path.endsWith(`${name}/handler.mjs`))
      .flatMap(([, { inputs }]) => Object.keys(inputs))
  expect(inputsOf('rebalance').filter((path) => path.includes('client-route-53'))).toEqual([])
  expect(inputsOf('apply').filter((path) => path.startsWith('shared/decision'))).toEqual([])
})
