// Files that are generated say what the code says.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generatedFiles } from '#scripts/generated-files.ts'

test.each([...generatedFiles()])('%s is up to date (npm run docs)', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text)
})
