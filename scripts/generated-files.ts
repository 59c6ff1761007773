// The files that are generated, with what they shall contain: written by `npm run docs`, compared by a test.
import { configurationReference } from '#config/configuration-reference.ts'
import { fileSchema } from '#config/file-schema.ts'

/** Path from the root of the repository → text. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['schema/sluice.schema.json', `${JSON.stringify(fileSchema(), null, 2)}\n`],
    ['docs/configuration.md', configurationReference()],
  ])
}
