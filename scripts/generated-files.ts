// The files that are generated, with what they shall contain: written by `npm run docs`, compared by a test.
import { permissionsPage } from '#cdk/permissions/permissions-page.ts'
import { commandsPage } from '#cli/commands-page.ts'
import { configurationReference } from '#config/configuration-reference.ts'
import { fileSchema } from '#config/file-schema.ts'
import { rolesOfExample } from './roles-of-example.ts'

/** Path from the root of the repository → text. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['schema/sluice.schema.json', `${JSON.stringify(fileSchema(), null, 2)}\n`],
    ['docs/commands.md', commandsPage()],
    ['docs/configuration.md', configurationReference()],
    ['docs/permissions.md', permissionsPage(rolesOfExample())],
  ])
}
