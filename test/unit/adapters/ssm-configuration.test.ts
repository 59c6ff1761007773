// A warm function asks little, and still sees everything that changed: also a health check that was replaced by one with the same settings.
import { type GetParametersByPathCommand, type GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { configurationParameters } from '#config/configuration-parameters.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import type { Configuration } from '#model/configuration.ts'
import { aConfiguration } from '#test/builders/configuration.ts'

type Asked = GetParametersCommand | GetParametersByPathCommand

/** Parameter Store by name, answering in pages of ten. */
function aStore(configuration: Configuration) {
  const asked: string[] = []
  const deploy = (changed: Configuration, idOf: (provider: string) => string) =>
    new Map(configurationParameters(changed, (provider) => idOf(provider)))
  let stored = deploy(configuration, (provider) => `hc-${provider}`)
  const client = Object.assign(new SSMClient({ region: 'us-east-1' }), {
    send: async (command: Asked) => {
      const { input } = command
      asked.push(command.constructor.name)
      const all = [...stored].map(([Name, Value]) => ({ Name, Value }))
      if ('Names' in input) return { Parameters: all.filter(({ Name }) => input.Names?.includes(Name)) }
      const start = Number('NextToken' in input ? (input.NextToken ?? 0) : 0)
      return { Parameters: all.slice(start, start + 10), NextToken: start + 10 < all.length ? String(start + 10) : undefined }
    },
  })
  const source = ssmConfiguration(client, configuration.stage, stageParameters(configuration.stage))
  return {
    load: () => source.load(),
    asked: () => asked.splice(0),
    deploy: (changed: Configuration, idOf = (provider: string) => `hc-${provider}`) => {
      stored = deploy(changed, idOf)
    },
    edit: (change: (parameters: Map<string, string>) => void) => change(stored),
  }
}

const checks = ({ providers }: Configuration) => providers.flatMap(({ endpoints }) => endpoints.map(({ healthCheckId }) => healthCheckId))

test('while nothing changes one call says so', async () => {
  const { load, asked } = aStore(aConfiguration())
  const first = await load()
  expect(asked()).toEqual(['GetParametersByPathCommand'])
  expect(await load()).toBe(first)
  expect(asked()).toEqual(['GetParametersCommand'])
})

test('a health check that was replaced is seen, although everything else is as it was', async () => {
  const { load, deploy } = aStore(aConfiguration())
  expect(checks(await load())).toEqual(['hc-aws', 'hc-hetzner'])
  deploy(aConfiguration(), (provider) => (provider === 'aws' ? 'hc-aws-2' : `hc-${provider}`))
  expect(checks(await load())).toEqual(['hc-aws-2', 'hc-hetzner'])
})

test('a changed policy is seen', async () => {
  const { load, deploy } = aStore(aConfiguration())
  const { policy, ...others } = await load()
  deploy({ ...others, policy: { ...policy, ttlSeconds: policy.ttlSeconds - 1 } })
  expect((await load()).policy.ttlSeconds).toBe(policy.ttlSeconds - 1)
})

test('in the middle of a deployment what was last complete goes on, and the end of it is seen', async () => {
  const { load, deploy, edit } = aStore(aConfiguration())
  const before = await load()
  edit((parameters) => parameters.delete(`/sluice/${before.stage}/providers/aws`))
  expect(await load()).toBe(before)
  deploy(before, (provider) => `new-${provider}`)
  expect(checks(await load())).toEqual(['new-aws', 'new-hetzner'])
})
