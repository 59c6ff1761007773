// What a role may do and nobody did: explained by its situation, or too much.
import { expect, test } from 'vitest'
import { judgePermissions } from '#local/scenario/permissions-used.ts'

const calls = (name: string) => `reconcile lambda:InvokeFunction arn:aws:lambda:us-east-1:123456789012:function:sluice-prod-${name}`

test('an action is explained on the function it is listed for, and on no other', () => {
  const granted = [calls('rebalance'), calls('canary-step'), calls('apply')]
  const { listed, unexplained } = judgePermissions([{ granted, used: [] }])
  expect(listed.map(({ permission, situation }) => [permission, situation])).toEqual([
    [calls('rebalance'), expect.stringContaining('somebody else changed them')],
  ])
  expect(unexplained).toEqual([calls('canary-step'), calls('apply')])
})

test('what one story used needs no explanation in another', () => {
  const both = { granted: [calls('apply')], used: [] }
  expect(judgePermissions([both, { ...both, used: [calls('apply')] }])).toMatchObject({ granted: 1, used: 1, unexplained: [] })
})
