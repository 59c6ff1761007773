// The page on the deployer and the deployer agree on what can be deployed.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RESOURCE_TYPES } from '#local/deploy/resource-types.ts'

test('the page on the deployer lists the types that can be deployed, and no others', () => {
  const page = readFileSync(new URL('../../../local/deploy/README.md', import.meta.url), 'utf8')
  const listed = [...page.matchAll(/`(AWS::\w+::\w+)`/g)].map(([, type]) => type)
  expect(listed.toSorted()).toEqual([...RESOURCE_TYPES.keys()].toSorted())
})
