// The last good plans as the table holds them.
import { expect, test } from 'vitest'
import { dynamodbGoodPlans } from '#adapters/aws/dynamodb-good-plans.ts'
import type { StateTable } from '#adapters/aws/state-table.ts'

test('a good plan that cannot be read counts as none, and is named where it matters', async () => {
  const item = { identity: 'a.example.com', value: { hostname: 'a.example.com', members: 'none' }, revision: 1 }
  const plans = dynamodbGoodPlans({ get: async () => item, query: async () => [item] } as Partial<StateTable> as StateTable)
  expect(await plans.get('a.example.com')).toBeUndefined()
  expect(await plans.load()).toEqual([])
  expect(await plans.unreadable()).toEqual(['a.example.com'])
})
