// Bundles every handler with one call of esbuild: an ESM file and its source map each, as it is uploaded.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, buildSync, type Metafile } from 'esbuild'
import { HANDLER_NAMES, HANDLERS, type HandlerName } from '#cdk/handlers.ts'

/** Directory of each handler's bundle; it holds `handler.mjs` and `handler.mjs.map`. */
export type Bundles = { readonly directories: Readonly<Record<HandlerName, string>>; readonly metafile: Metafile }

/**
 * Where the SDK looks for credentials after the environment. Lambda always puts a function's credentials there, so these are never reached;
 * they are loaded on demand only (a test sees to that) and would be 110 KB of each bundle.
 */
const NEVER_LOADED = [
  ...['ini', 'sso', 'process', 'web-identity', 'http'].map((source) => `@aws-sdk/credential-provider-${source}`),
  '@smithy/credential-provider-imds',
]

/** How a handler becomes one file; the bench bundles the bare SDK clients in the same way. */
export const BUNDLE_SETTINGS = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The ESM builds of the SDK: half the size, and no "Dynamic require" when Lambda loads the file.
  mainFields: ['module', 'main'],
  external: NEVER_LOADED,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions

/** Throws `BundleError` when a handler does not exist. What stood in `outdir` before is removed. */
export function bundleHandlers(root: string, outdir: string): Bundles {
  for (const name of HANDLER_NAMES) {
    const entry = join(root, HANDLERS[name].entry)
    if (!existsSync(entry)) throw new BundleError(`The handler of ${name} is missing: expected a file ${entry} that exports "handler".`)
  }
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  const { metafile } = buildSync({
    ...BUNDLE_SETTINGS,
    absWorkingDir: root,
    entryPoints: HANDLER_NAMES.map((name) => ({ in: HANDLERS[name].entry, out: join(name, 'handler') })),
    outdir,
    sourcemap: true,
    // The same names in stack traces, and the same hash of the asset, wherever it was built.
    sourceRoot: 'file:///sluice/dist/bundles/handler/',
    sourcesContent: false,
    metafile: true,
  })
  const directories = Object.fromEntries(HANDLER_NAMES.map((name) => [name, join(outdir, name)])) as Record<HandlerName, string>
  return { directories, metafile }
}

export class BundleError extends Error {
  override readonly name = 'BundleError'
}
