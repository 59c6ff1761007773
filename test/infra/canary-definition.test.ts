// The canary's machine as text: a validator that is not ours accepts it, and it has nothing that would run differently in the local system.
import aslValidator from 'asl-validator'
import { describe, expect, test } from 'vitest'
import { canaryDefinition } from '#cdk/state-machines/canary-definition.ts'
import { type MachineText, unsupportedParts } from '#local/aws/states/definition-rules.ts'
import { NextState } from '#model/canary.ts'

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:sluice-prod-canary-${name}`
const definition = canaryDefinition({
  ...{ beginArn: arn('begin'), stepArn: arn('step') },
  ...{ beginTimeoutSeconds: 30, stepTimeoutSeconds: 150 },
})
const states = Object.entries(definition.States as Record<string, Record<string, unknown>>)
const tasks = states.filter(([, { Type }]) => Type === 'Task')

const problemsOf = (machine: object) => aslValidator(machine, { checkArn: true, checkPaths: true }).errors

test('the validator of the language accepts the machine', () => {
  expect(problemsOf(definition)).toEqual([])
})

test.each([
  ['a transition to nowhere', { Shift: { ...definition.States.Shift, Next: 'Nowhere' } }],
  ['a path that is none', { Bake: { ...definition.States.Bake, SecondsPath: 'canary.waitSeconds' } }],
  ['a state of no type', { Bake: { Next: 'Judge' } }],
  ['a wait without a time', { Bake: { Type: 'Wait', Next: 'Judge' } }],
])('the validator refuses %s', (_what, broken) => {
  expect(problemsOf({ ...definition, States: { ...definition.States, ...broken } })).not.toEqual([])
})

describe('the machine', () => {
  test('has nothing that the local system would run differently', () => {
    expect(unsupportedParts(definition as unknown as MachineText)).toEqual([])
  })

  test('knows every word that a task can answer, and takes an unknown one for a rollback', () => {
    const { Choices, Default } = definition.States.WhatNext
    expect(Choices.map(({ StringEquals }) => StringEquals)).toEqual(NextState.options)
    expect(Default).toBe('Rollback')
  })

  test('has for each task a time-out, retries and a way on after an error', () => {
    expect(tasks.map(([name]) => name)).toEqual(['Begin', 'Shift', 'Settle', 'Judge', 'Promote', 'Rollback', 'Finish'])
    for (const [name, state] of tasks) {
      expect(state.TimeoutSeconds, name).toBeGreaterThan(30)
      expect(state.Retry, name).not.toHaveLength(0)
      expect(state.Catch, name).toMatchObject([{ ErrorEquals: ['States.ALL'] }])
    }
  })

  test('waits longer for an answer than the function may run', () => {
    expect(definition.States.Begin.TimeoutSeconds).toBeGreaterThan(30)
    expect(definition.States.Judge.TimeoutSeconds).toBeGreaterThan(150)
  })

  test('rolls back when a task fails after the lock was taken', () => {
    for (const name of ['Shift', 'Settle', 'Judge', 'Promote'] as const)
      expect(definition.States[name].Catch, name).toMatchObject([{ Next: 'Rollback' }])
  })

  test('never finishes after an error: an execution that cannot roll back fails, so that reconcile hears of it', () => {
    const after = tasks.flatMap(([, { Catch }]) => (Catch as { readonly Next: string }[]).map(({ Next }) => Next))
    expect(new Set(after)).toEqual(new Set(['Rollback', 'Failed']))
    expect(definition.States.Failed.Type).toBe('Fail')
  })

  test('has no word of task tokens, of JSONata or of the state', () => {
    expect(JSON.stringify(definition)).not.toMatch(/waitForTaskToken|Task\.Token|JSONata|\$\$\.State|\{%/)
  })

  test('ends after 40 hours, whatever happens', () => {
    expect(definition.TimeoutSeconds).toBe(144_000)
  })
})
