// The parameters of the account.
// Source: Systems Manager API reference, PutParameter; user guide, "Managing parameter tiers".
import type { Clock } from '#ports/clock.ts'
import { ACCOUNT_ID } from '../account.ts'
import { ServiceFault } from '../wire/service-fault.ts'

export type Parameter = {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly tier: 'Standard' | 'Advanced'
  readonly version: number
  readonly modifiedAt: number
}

export type PutRequest = {
  readonly Name?: string
  readonly Value?: string
  readonly Type?: string
  readonly Tier?: string
  readonly Overwrite?: boolean
}

export type ParameterStore = {
  put(request: PutRequest): Parameter
  find(name: string): Parameter | undefined
  remove(name: string): boolean
  /** Rising by name. */
  all(): Parameter[]
}

/** "Standard parameters have a value limit of 4 KB. Advanced parameters have a value limit of 8 KB." */
const SIZE_LIMIT = { Standard: 4096, Advanced: 8192 } as const

export function createParameterStore(clock: Clock): ParameterStore {
  const parameters = new Map<string, Parameter>()
  return {
    put(request) {
      const { Name: name = '', Value: value, Overwrite: overwrite = false } = request
      checkName(name)
      if (value === undefined || value === '') throw invalid('Value: at least one character')
      const existing = parameters.get(name)
      if (existing !== undefined && !overwrite) {
        throw new ServiceFault(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        )
      }
      const type = request.Type ?? existing?.type
      if (type === undefined || !['String', 'StringList', 'SecureString'].includes(type)) {
        throw invalid(`Type: one of String, StringList, SecureString, seen '${request.Type}'`)
      }
      const parameter = {
        name,
        type,
        value,
        tier: tierOf(request, value, existing),
        version: (existing?.version ?? 0) + 1,
        modifiedAt: clock.nowSeconds(),
      }
      parameters.set(name, parameter)
      return parameter
    },
    find: (name) => parameters.get(name),
    remove: (name) => parameters.delete(name),
    all: () => [...parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function tierOf(request: PutRequest, value: string, existing: Parameter | undefined): Parameter['tier'] {
  const size = Buffer.byteLength(value)
  const asked = request.Tier ?? existing?.tier ?? 'Standard'
  // Intelligent-Tiering makes an advanced parameter of what does not fit a standard one.
  const tier = asked === 'Intelligent-Tiering' ? (size > SIZE_LIMIT.Standard ? 'Advanced' : 'Standard') : asked
  if (tier !== 'Standard' && tier !== 'Advanced') throw invalid(`Tier: one of Standard, Advanced, Intelligent-Tiering, seen '${asked}'`)
  if (tier === 'Standard' && existing?.tier === 'Advanced') {
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.",
    )
  }
  if (size > SIZE_LIMIT[tier]) {
    const limit = SIZE_LIMIT[tier]
    const advice =
      tier === 'Standard' ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.' : ''
    throw invalid(`${tier} tier parameters support a maximum parameter value of ${limit} characters.${advice}`)
  }
  return tier
}

/** "Parameter names can include only the following symbols and letters: a-zA-Z0-9_.-", slashes for at most fifteen levels, and do not begin with aws or ssm. */
function checkName(name: string): void {
  if (!/^[a-zA-Z0-9_.\-/]{1,2048}$/.test(name))
    throw invalid(`Parameter name: only a combination of letters, numbers and the following 4 symbols .-_/ , seen '${name}'`)
  if (name.includes('/') && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.')
  if (name.split('/').length > 16) throw new ServiceFault('HierarchyLevelLimitExceededException', 'A hierarchy has at most 15 levels.')
  if (/^\/?(aws|ssm)/i.test(name)) throw invalid(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive), seen '${name}'`)
}

export function invalid(message: string): ServiceFault {
  return new ServiceFault('ValidationException', message)
}

export function parameterArn(name: string, region: string): string {
  return `arn:aws:ssm:${region}:${ACCOUNT_ID}:parameter/${name.replace(/^\//, '')}`
}
