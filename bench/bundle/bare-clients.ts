// The SDK clients and commands that a handler imports, and nothing else: what its bundle could not do without.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync, type Metafile } from 'esbuild'
import { BUNDLE_SETTINGS } from '#cdk/bundling/bundle-handlers.ts'

/** Entry text such as `export { SSMClient, GetParameterCommand } from '@aws-sdk/client-ssm'`, one line a client, from our own files of the bundle. */
export function bareClientsEntry(root: string, inputs: Metafile['outputs'][string]['inputs']): string {
  const imported = new Map<string, Set<string>>()
  for (const path of Object.keys(inputs).filter((one) => !one.includes('node_modules'))) {
    const text = readFileSync(join(root, path), 'utf8')
    for (const [, names = '', client = ''] of text.matchAll(/import \{([^}]*)\} from '(@aws-sdk\/client-[\w-]+)'/g)) {
      const values = names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '))
      imported.set(client, new Set([...(imported.get(client) ?? []), ...values]))
    }
  }
  return [...imported].map(([client, names]) => `export { ${[...names].toSorted().join(', ')} } from '${client}'`).join('\n')
}

/** Bundles the entry with the settings of the handlers into `outdir/bare.mjs`. */
export function bundleBareClients(root: string, entry: string, outdir: string): void {
  buildSync({
    ...BUNDLE_SETTINGS,
    stdin: { contents: entry, resolveDir: root, sourcefile: 'bare.js' },
    outfile: join(outdir, 'bare.mjs'),
    outExtension: {},
  })
}
