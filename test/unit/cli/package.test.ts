// The command line as somebody has it who installed the package: JavaScript, below node_modules, without the repository's dependencies.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const scratch = mkdtempSync(join(tmpdir(), 'sluice-package-'))
const installed = join(scratch, 'node_modules/sluice')
const node = (...words: string[]) => spawnSync(process.execPath, words, { encoding: 'utf8' })

beforeAll(() => {
  mkdirSync(join(installed, 'cli'), { recursive: true })
  for (const file of ['package.json', 'cli/sluice.js', 'examples']) cpSync(file, join(installed, file), { recursive: true })
  const built = node('scripts/build-cli.ts', join(installed, 'dist'))
  expect(built.stderr).toBe('')
}, 60_000)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('checks a file', () => {
  const { status, stdout } = node(join(installed, 'cli/sluice.js'), 'check', join(installed, 'examples/aws-hetzner/sluice.yaml'))
  expect([status, stdout.includes('can be deployed: stage prod')]).toEqual([0, true])
})

test('loads the SDK', () => {
  const run = spawnSync(process.execPath, [join(installed, 'cli/sluice.js'), 'status', '--stage', 'prod'], {
    encoding: 'utf8',
    // The discard port: nobody listens there.
    env: {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_MAX_ATTEMPTS: '1',
    },
  })
  expect(run.status).toBe(3)
  expect(run.stderr).toContain('ECONNREFUSED')
})
