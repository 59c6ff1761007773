// The command line as JavaScript, dist/sluice.js, for the package: Node strips no types below node_modules. Run by `npm pack`; another folder can be named.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const outdir = process.argv[2] ?? join(root, 'dist')

rmSync(outdir, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { sluice: 'cli/main.ts' },
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // The SDK is loaded when a command needs it, also in the bundle.
  splitting: true,
  // CommonJS builds of the SDK would bring a `require` that ESM does not have.
  mainFields: ['module', 'main'],
  banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
})
