// Every file of the code begins with a comment that says what it decides or does.
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const FOLDERS = ['bench', 'cdk', 'cli', 'lambdas', 'local', 'scripts', 'shared', 'test']

test('the first line of each file says what it is about', () => {
  const files = globSync(['*.ts', ...FOLDERS.map((folder) => `${folder}/**/*.ts`)])
    // Typings of a package that has none of its own say what they are by their name.
    .filter((file) => !file.endsWith('.d.ts'))
  expect(files.length).toBeGreaterThan(500)
  expect(files.filter((file) => !/^\/\/ \S/.test(readFileSync(file, 'utf8')))).toEqual([])
})
