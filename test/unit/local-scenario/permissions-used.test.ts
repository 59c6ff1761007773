// What a role may do and nobody did: explained by its situation, or too much.
import { expect, test } from 'vitest'
import { judgePermissions } from '#local/scenario/permissions-used.ts'

const calls = (name: string) => `reconcile lambda:InvokeFunction arn:aws:lambda:us-east-1:123456789012:function:sluice-prod-${name}`

test('one action on several functions has a situation for each, and none for a function that is not listed', () => {
  const granted = [calls('rebalance'), calls('canary-step'), calls('apply')]
  const { listed, unexplained } = judgePermissions([{ granted, used: [] }])
  expect(listed.map(({ permission, situation }) => [permission, situation])).toEqual([
    [calls('rebalance'), expect.stringContaining('somebody else changed them')],
    [calls('canary-step'), expect.stringContaining('ended before its time')],
  ])
  expect(unexplained).toEqual([calls('apply')])
})

test('what one story used needs no explanation in another', () => {
  const both = { granted: [calls('apply')], used: [] }
  expect(judgePermissions([both, { ...both, used: [calls('apply')] }])).toMatchObject({ granted: 1, used: 1, unexplained: [] })
})
