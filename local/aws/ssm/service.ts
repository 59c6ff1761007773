// Parameter Store on the wire: PutParameter, GetParameter, GetParameters, GetParametersByPath, DeleteParameter, DeleteParameters.
// Source: Systems Manager API reference of each.

import { jsonService } from '../wire/json-protocol.ts'
import type { WireService } from '../wire/message.ts'
import type { Gate, Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import { invalid, type Parameter, type ParameterStore, type PutRequest, parameterArn } from './parameter-store.ts'

/** MaxResults: at least 1, at most 10, which is also the default. */
const PATH_PAGE = 10
/** Names: at least 1, at most 10. */
const NAMES_LIMIT = 10

type Named = { readonly Name?: string }
type ByPath = { readonly Path?: string; readonly Recursive?: boolean; readonly MaxResults?: number; readonly NextToken?: string }
type Names = { readonly Names?: readonly string[] }

export function ssmService(store: ParameterStore, gate: Gate): WireService {
  const operations: Readonly<Record<string, Operation>> = {
    PutParameter: {
      permissions: ({ Name = '' }: PutRequest, { region }) => [{ action: 'ssm:PutParameter', resource: parameterArn(Name, region) }],
      run(request: PutRequest) {
        const { version, tier } = store.put(request)
        return { Version: version, Tier: tier }
      },
    },
    GetParameter: {
      permissions: ({ Name = '' }: Named, { region }) => [{ action: 'ssm:GetParameter', resource: parameterArn(Name, region) }],
      run: ({ Name = '' }: Named, { region }) => ({ Parameter: describe(existing(store, Name), region) }),
    },
    GetParameters: {
      permissions: ({ Names = [] }: Names, { region }) =>
        Names.map((name) => ({ action: 'ssm:GetParameters', resource: parameterArn(name, region) })),
      run({ Names = [] }: Names, { region }) {
        checkNames(Names)
        const found = Names.flatMap((name) => store.find(name) ?? [])
        return {
          Parameters: found.map((one) => describe(one, region)),
          InvalidParameters: Names.filter((name) => store.find(name) === undefined),
        }
      },
    },
    GetParametersByPath: {
      permissions: ({ Path = '' }: ByPath, { region }) => [{ action: 'ssm:GetParametersByPath', resource: parameterArn(Path, region) }],
      run: (request: ByPath, { region }) => byPath(store, request, region),
    },
    DeleteParameter: {
      permissions: ({ Name = '' }: Named, { region }) => [{ action: 'ssm:DeleteParameter', resource: parameterArn(Name, region) }],
      run({ Name = '' }: Named) {
        store.remove(existing(store, Name).name)
      },
    },
    DeleteParameters: {
      permissions: ({ Names = [] }: Names, { region }) =>
        Names.map((name) => ({ action: 'ssm:DeleteParameters', resource: parameterArn(name, region) })),
      run({ Names = [] }: Names) {
        checkNames(Names)
        const deleted = Names.filter((name) => store.remove(name))
        return { DeletedParameters: deleted, InvalidParameters: Names.filter((name) => !deleted.includes(name)) }
      },
    },
  }
  return jsonService({ scope: 'ssm', targetPrefix: 'AmazonSSM', version: '1.1', gate, operations })
}

/** Without Recursive only the parameters directly under the path. */
function byPath(store: ParameterStore, { Path = '', Recursive = false, MaxResults = PATH_PAGE, NextToken }: ByPath, region: string) {
  if (!Path.startsWith('/'))
    throw invalid('The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".')
  if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > PATH_PAGE)
    throw invalid(`MaxResults: 1 to ${PATH_PAGE}, seen ${MaxResults}`)
  const prefix = Path.endsWith('/') ? Path : `${Path}/`
  const under = store.all().filter(({ name }) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/')))
  const start = NextToken === undefined ? 0 : under.findIndex(({ name }) => name === NextToken)
  if (start < 0) throw new ServiceFault('InvalidNextToken', 'The specified token is not valid.')
  const next = under[start + MaxResults]
  return {
    Parameters: under.slice(start, start + MaxResults).map((one) => describe(one, region)),
    ...(next === undefined ? {} : { NextToken: next.name }),
  }
}

function existing(store: ParameterStore, name: string): Parameter {
  const parameter = store.find(name)
  if (parameter === undefined) throw new ServiceFault('ParameterNotFound', `Parameter ${name} not found.`)
  return parameter
}

function checkNames(names: readonly string[]): void {
  if (names.length < 1 || names.length > NAMES_LIMIT) throw invalid(`Names: 1 to ${NAMES_LIMIT}, seen ${names.length}`)
}

function describe({ name, type, value, version, modifiedAt }: Parameter, region: string): Record<string, unknown> {
  return {
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    LastModifiedDate: new Date(modifiedAt * 1000),
    ARN: parameterArn(name, region),
    DataType: 'text',
  }
}
