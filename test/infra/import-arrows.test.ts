// The arrows of the architecture: what they forbid is planted in a scratch copy of the tree, and the linter must object to each.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PURE = ['model', 'config', 'signals', 'decision', 'plan', 'guards', 'calendar', 'canary', 'edge']
const importing = (what: string) => `import * as planted from '${what}'\nexport const used = planted\n`

type Planted = { readonly what: string; readonly file: string; readonly code: string; readonly rule: string }

const imports = (what: string, folder: string, from: string): Planted => ({
  what,
  file: `${folder}/${Buffer.from(from).toString('hex')}.ts`,
  code: importing(from),
  rule: 'noRestrictedImports',
})

const forbidden: Planted[] = [
  ...PURE.flatMap((stage) =>
    ['node:fs', '@aws-sdk/client-route-53', '@aws-lambda-powertools/logger', '#adapters/aws/clients.ts', '#test/builders/records.ts'].map(
      (from) => imports(`${stage} importing ${from}`, `shared/${stage}`, from),
    ),
  ),
  ...PURE.flatMap((stage) =>
    ['Date', 'fetch', 'setTimeout', 'process', 'Intl'].map((name) => ({
      what: `${stage} using ${name}`,
      file: `shared/${stage}/uses-${name.toLowerCase()}.ts`,
      code: `export const used = ${name}\n`,
      rule: 'noRestrictedGlobals',
    })),
  ),
  ...PURE.map((stage) => ({
    what: `${stage} drawing random numbers`,
    file: `shared/${stage}/draws.ts`,
    code: 'export const used = Math.random()\n',
    rule: 'plugin',
  })),
  imports('signals knowing decisions', 'shared/signals', '#decision/decide.ts'),
  imports('a decision knowing plans', 'shared/decision', '#plan/quantise.ts'),
  imports('a plan knowing guards', 'shared/plan', '#guards/index.ts'),
  imports('apply seeing an adapter', 'shared/apply', '#adapters/aws/route53-zone.ts'),
  imports('apply deciding', 'shared/apply', '#decision/decide.ts'),
  imports('an adapter importing a stage', 'shared/adapters/aws', '#plan/quantise.ts'),
  imports('an adapter importing another', 'shared/adapters/aws', './dynamodb-journal.ts'),
  imports('a function importing cdk', 'lambdas/apply', '#cdk/build-app.ts'),
  imports('a function importing another', 'lambdas/apply', '../rebalance/rebalance.ts'),
  imports('a function importing another by its subpath', 'lambdas/apply', '#lambdas/rebalance/rebalance.ts'),
  imports('cdk importing a function', 'cdk/constructs', '#lambdas/apply/handler.ts'),
  imports('product code importing the local system', 'lambdas/apply', '#local/main.ts'),
  imports('flags importing the local system', 'shared/flags', '#local/main.ts'),
  imports('a script importing a test', 'scripts', '#test/builders/records.ts'),
  imports('product code importing a test', 'shared/handler', '#test/builders/records.ts'),
  imports('a folder left by ../', 'shared/plan', '../model/record.ts'),
]

const allowed: Planted[] = [
  ...PURE.filter((stage) => stage !== 'model').map((stage) =>
    imports(`${stage} importing the model`, `shared/${stage}`, '#model/record.ts'),
  ),
  imports('an adapter importing what those of its service share', 'shared/adapters/aws', './state-table.ts'),
]

let objections: { readonly file: string; readonly rule: string }[] = []
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'import-arrows-')))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

beforeAll(() => {
  const { $schema: _schema, vcs: _vcs, ...settings } = JSON.parse(readFileSync('biome.json', 'utf8'))
  writeFileSync(join(scratch, 'biome.json'), JSON.stringify(settings))
  cpSync('scripts/no-random.grit', join(scratch, 'scripts/no-random.grit'))
  for (const { file, code } of [...forbidden, ...allowed]) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true })
    writeFileSync(join(scratch, file), code)
  }
  const run = spawnSync(resolve('node_modules/.bin/biome'), ['lint', '--reporter=github', '--max-diagnostics=none', '.'], {
    cwd: scratch,
    encoding: 'utf8',
  })
  // ::error title=lint/style/noRestrictedImports,file=shared/plan/node-fs.ts,line=…
  objections = [...run.stdout.matchAll(/title=(?:lint\/\w+\/)?(?<rule>\w+),file=(?<file>[^,]+),/g)].map(({ groups }) => ({
    file: relative(scratch, groups?.file ?? ''),
    rule: groups?.rule ?? '',
  }))
})

test.each(forbidden)('$what is objected to', ({ file, rule }) => {
  expect(objections).toContainEqual({ file, rule })
})

test.each(allowed)('$what is fine', ({ file }) => {
  expect(objections.filter((objection) => objection.file === file)).toEqual([])
})
