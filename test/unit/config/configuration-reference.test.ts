// docs/configuration.md tells all that may be written, and what each key means.
import { describe, expect, test } from 'vitest'
import { configurationReference } from '#config/configuration-reference.ts'

const page = configurationReference()

/** The keys of one table, each with what it takes. */
function tableOf(title: string): Record<string, string> {
  const section = page.split('\n## ').find((one) => one.startsWith(`\`${title}\``)) ?? ''
  return Object.fromEntries([...section.matchAll(/^\| `(\w+)` \| (.*?) \| /gm)].map(([, key, allowed]) => [key ?? '', allowed ?? '']))
}

describe('a map that is one of several', () => {
  test('has the keys of all of them in one table, and is said to be one', () => {
    expect(tableOf('strategies.<name>.steps')).toEqual({
      list: 'a list of at least 1',
      linear: 'a number above 0 and below 100',
      exponential: 'a map, see below',
      blueGreen: 'true',
    })
    expect(page).toContain('## `strategies.<name>.steps`\n\nOne of these keys, and no other beside it:\n')
  })

  test('has a table for the keys of each map below', () => {
    expect(tableOf('strategies.<name>.steps.exponential')).toEqual({
      first: 'a number above 0 and below 100',
      factor: 'a number of at least 1.1',
    })
  })

  test('calls none of its keys required: each is so only where it is chosen', () => {
    expect(page).not.toMatch(/^\| `(list|linear|exponential|blueGreen)` .*\| required \|/m)
  })
})

test('null is named where a map may be null', () => {
  expect(tableOf('providers.<name>.signals')).toMatchObject({ capacity: 'a map, see below, or null' })
})

test('every key has a meaning', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  expect(rows.length).toBeGreaterThan(80)
  expect(rows.filter((row) => /\|\s+\|$/.test(row))).toEqual([])
})
