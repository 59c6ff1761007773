// The synthesised machine of canaries, with the functions' bundles, in the local system: stopped on the way, and from the first state to the last.
import { StopExecutionCommand } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleOwner } from '#cdk/permissions/role-owner.ts'
import { anInstallation, type Installation } from './canary-installation.ts'
import { until } from './deploy/until.ts'

let installation: Installation
/** The execution of the newer version, which the next test stops. */
let newer = ''
beforeAll(async () => {
  installation = await anInstallation()
}, 180_000)
afterAll(() => installation?.stop())

test('a newer version while one is in flight: that one goes back first and ends in order, then the newer one begins', {
  timeout: 240_000,
}, async () => {
  const { start, describe, states, shareOf } = installation
  const older = await start('older')
  await until(() => Math.abs(shareOf('1.0.9') - 0.5) < 0.05)
  newer = await start('newer', '1.1.0')
  expect(shareOf('1.0.9')).toBe(0)
  expect((await describe(older)).status).toBe('SUCCEEDED')
  expect((await states(newer)).slice(0, 4)).toEqual(['Begin', 'WhatNext', 'BeginWait', 'Begin'])
})

test('a stopped execution: reconcile hears of it, and the stable version has all the traffic again', { timeout: 240_000 }, async () => {
  const { describe, shareOf, stack } = installation
  const executionArn = newer
  await until(() => Math.abs(shareOf('1.1.0') - 0.5) < 0.05)
  await stack.clients.sfn.send(new StopExecutionCommand({ executionArn, error: 'Operator', cause: 'wrong version' }))
  await until(() => shareOf('1.1.0') === 0 && shareOf('1.0.8') === 1)
  expect((await describe(executionArn)).status).toBe('ABORTED')
})

test('a good version is promoted: the execution goes through every state and succeeds', { timeout: 240_000 }, async () => {
  const { start, describe, states, shareOf } = installation
  const executionArn = await start('promoted')
  const { status, output } = await until(async () => {
    const execution = await describe(executionArn)
    return execution.status !== 'RUNNING' && execution
  })
  expect([status, JSON.parse(output ?? '{}').canary?.next]).toEqual(['SUCCEEDED', 'Done'])
  await until(() => shareOf('1.0.9') === 1)
  expect(JSON.parse(installation.checked.at(-1) ?? '{}')).toMatchObject({ stage: 'test', percent: 50, subject: { version: '1.0.9' } })
  const entered = await states(executionArn)
  expect(entered[0]).toBe('Begin')
  expect(new Set(entered)).toEqual(
    new Set(['Begin', 'WhatNext', 'Shift', 'SettleWait', 'Settle', 'Bake', 'Judge', 'Promote', 'Finish', 'Done']),
  )
})

test('nothing failed for want of a permission', () => {
  expect(installation.reports.filter((report) => report.kind !== 'ran' || report.error !== undefined)).toEqual([])
})

test('every grant of the canary was used', () => {
  const { iam } = installation.stack.aws
  const key = ({ role, action, resource }: { role: string; action: string; resource: string }) => `${roleOwner(role)} ${action} ${resource}`
  const used = new Set(iam.usage().map(key))
  const granted = iam.grants().map(key)
  // Dead letters are tried with all functions in permissions-used.test.ts.
  const ofCanaries = granted.filter((one) => one.includes('canary') && !one.includes('sqs:SendMessage'))
  expect(ofCanaries.length).toBeGreaterThan(20)
  expect(ofCanaries.filter((one) => !used.has(one))).toEqual([])
})
