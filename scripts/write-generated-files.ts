// Writes every generated file: `npm run docs`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { generatedFiles } from './generated-files.ts'

flagsOrExit({ name: 'npm run docs', flags: {} })
for (const [path, text] of generatedFiles()) {
  const file = join(import.meta.dirname, '..', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(path)
}
