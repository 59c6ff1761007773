// Parameter Store.
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
  type SSMClient,
} from '@aws-sdk/client-ssm'
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'

const put = (ssm: SSMClient, Name: string, Value = 'v', more: { Overwrite?: boolean; Tier?: 'Standard' | 'Advanced' } = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }))

export const parameterStore: ContractSuite = {
  service: 'Parameter Store',
  cases: [
    {
      name: 'a parameter comes back with its version',
      source: 'API reference, PutParameter, GetParameter',
      async run({ ssm }, unique) {
        await put(ssm, `/${unique}/a`, 'first')
        await put(ssm, `/${unique}/a`, 'second', { Overwrite: true })
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/${unique}/a` }))
        expect(Parameter).toMatchObject({ Name: `/${unique}/a`, Value: 'second', Version: 2, Type: 'String' })
      },
    },
    {
      name: 'what exists is not overwritten unless asked for',
      source: 'API reference, PutParameter, ParameterAlreadyExists',
      async run({ ssm }, unique) {
        await put(ssm, `/${unique}/a`)
        await expectFault('ParameterAlreadyExists', put(ssm, `/${unique}/a`, 'other'))
      },
    },
    {
      name: 'a parameter that does not exist is ParameterNotFound',
      source: 'API reference, GetParameter, ParameterNotFound',
      async run({ ssm }, unique) {
        await expectFault('ParameterNotFound', ssm.send(new GetParameterCommand({ Name: `/${unique}/none` })))
      },
    },
    {
      name: 'several are asked for at once, and the missing ones named',
      source: 'API reference, GetParameters, InvalidParameters',
      async run({ ssm }, unique) {
        await put(ssm, `/${unique}/a`)
        const answer = await ssm.send(new GetParametersCommand({ Names: [`/${unique}/a`, `/${unique}/none`] }))
        expect(answer.Parameters?.map(({ Name }) => Name)).toEqual([`/${unique}/a`])
        expect(answer.InvalidParameters).toEqual([`/${unique}/none`])
      },
    },
    {
      name: 'a path is read in pages of at most ten',
      source: 'API reference, GetParametersByPath, MaxResults',
      async run({ ssm }, unique) {
        const names = Array.from({ length: 23 }, (_, index) => `/${unique}/deep/p${String(index).padStart(2, '0')}`)
        for (const name of names) await put(ssm, name)
        const sizes: number[] = []
        const seen: (string | undefined)[] = []
        for await (const { Parameters = [] } of paginateGetParametersByPath({ client: ssm }, { Path: `/${unique}`, Recursive: true })) {
          sizes.push(Parameters.length)
          seen.push(...Parameters.map(({ Name }) => Name))
        }
        expect(seen.sort()).toEqual(names)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(10)
      },
    },
    {
      name: 'a path is read one level deep unless asked for more',
      source: 'API reference, GetParametersByPath, Recursive',
      async run({ ssm }, unique) {
        await put(ssm, `/${unique}/a`)
        await put(ssm, `/${unique}/b/c`)
        const { Parameters } = await ssm.send(new GetParametersByPathCommand({ Path: `/${unique}` }))
        expect(Parameters?.map(({ Name }) => Name)).toEqual([`/${unique}/a`])
      },
    },
    {
      name: 'a standard parameter holds 4 KB, an advanced one 8 KB',
      source: 'User guide, "Managing parameter tiers"',
      differs: { moto: 'an advanced parameter may have any size' },
      async run({ ssm }, unique) {
        await put(ssm, `/${unique}/a`, 'x'.repeat(4096))
        await expectFault('ValidationException', put(ssm, `/${unique}/b`, 'x'.repeat(4097)))
        await put(ssm, `/${unique}/c`, 'x'.repeat(8192), { Tier: 'Advanced' })
        await expectFault('ValidationException', put(ssm, `/${unique}/d`, 'x'.repeat(8193), { Tier: 'Advanced' }))
      },
    },
    {
      name: 'a deleted parameter is gone',
      source: 'API reference, DeleteParameter',
      async run({ ssm }, unique) {
        await put(ssm, `/${unique}/a`)
        await ssm.send(new DeleteParameterCommand({ Name: `/${unique}/a` }))
        await expectFault('ParameterNotFound', ssm.send(new GetParameterCommand({ Name: `/${unique}/a` })))
      },
    },
  ],
}
