// Size and import time of each handler beside its bare SDK clients: `npm run bench:bundle`.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleHandlers } from '#cdk/bundling/bundle-handlers.ts'
import { HANDLER_NAMES } from '#cdk/handlers.ts'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { bareClientsEntry, bundleBareClients } from './bare-clients.ts'
import { importMilliseconds } from './import-time.ts'

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  SLUICE_STAGE: 'bench',
  SLUICE_TABLE: 'table',
  SLUICE_APPLY_FUNCTION: 'apply',
  SLUICE_REBALANCE_FUNCTION: 'rebalance',
  SLUICE_STEP_FUNCTION: 'canary-step',
  SLUICE_JUDGE_FUNCTION: 'canary-judge',
  SLUICE_BUS: 'bus',
}

const { runs } = flagsOrExit({
  name: 'npm run bench:bundle',
  flags: {
    runs: {
      kind: 'number',
      about: 'fresh processes for each figure; the median counts',
      from: 1,
      to: 99,
      isWhole: true,
      allowed: 'a whole number from 1 to 99',
      default: 9,
    },
  },
}).values
const root = process.cwd()
const scratch = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
try {
  const { directories, metafile } = bundleHandlers(root, join(scratch, 'handlers'))
  console.log(`${runs} fresh processes each, median; bytes minified`)
  console.log('handler     bytes    import   bare clients   import   clients')
  for (const name of HANDLER_NAMES) {
    const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`${name}/handler.mjs`))
    if (output === undefined) throw new Error(`no bundle of ${name}`)
    const entry = bareClientsEntry(root, output[1].inputs)
    bundleBareClients(root, entry, join(scratch, name))
    const handler = join(directories[name], 'handler.mjs')
    const bare = join(scratch, name, 'bare.mjs')
    const clients = [...entry.matchAll(/client-([\w-]+)'/g)].map(([, client]) => client).join(' ')
    console.log(
      [
        name.padEnd(11),
        String(statSync(handler).size).padEnd(8),
        `${importMilliseconds(handler, ENVIRONMENT, runs).toFixed(0)} ms`.padEnd(8),
        String(statSync(bare).size).padEnd(14),
        `${importMilliseconds(bare, ENVIRONMENT, runs).toFixed(0)} ms`.padEnd(8),
        clients,
      ].join(' '),
    )
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
