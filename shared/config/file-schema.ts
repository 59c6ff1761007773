// The JSON Schema of sluice.yaml, for editors, for docs/configuration.md and for messages that name the allowed values.
import * as z from 'zod'
import type { SchemaNode } from './schema-node.ts'
import { SluiceFile } from './sluice-file.ts'

/** Draft 2020-12, of what may be written (defaults may be left out). */
export function fileSchema(): SchemaNode {
  const { $schema, ...schema } = z.toJSONSchema(SluiceFile, { io: 'input' })
  return { $schema, title: 'sluice.yaml', ...schema } as SchemaNode
}
