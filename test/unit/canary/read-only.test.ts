// The judge is a witness: what it is granted only reads, and so do the ports it is given.
import { expect, expectTypeOf, it } from 'vitest'
import { judgeGrants } from '#cdk/permissions/canary-grants.ts'
import { configurationGrant } from '#cdk/permissions/common-grants.ts'
import type { JudgePorts } from '#lambdas/canary/judge/judge-canary.ts'

it('read-only: whatever alarms strategies name, no grant of the judge writes', () => {
  const grants = [...judgeGrants(['arn:aws:cloudwatch:us-east-1:123456789012:alarm:checkout-errors']), configurationGrant('arn')]
  const actions = grants.flatMap((grant) => grant.actions)
  expect(actions.toSorted()).toEqual([
    ...['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'],
    ...['ssm:GetParameters', 'ssm:GetParametersByPath'],
  ])
})

it('read-only: the judge is given nothing that could store', () => {
  expectTypeOf<keyof JudgePorts>().toEqualTypeOf<'configuration' | 'metrics' | 'alarms' | 'clock'>()
  expectTypeOf<keyof JudgePorts['metrics']>().toEqualTypeOf<'read'>()
  expectTypeOf<keyof JudgePorts['alarms']>().toEqualTypeOf<'states'>()
})
