// Lambda on the wire: Invoke, GetFunction, GetFunctionConfiguration, ListFunctions. What runs is the host's matter.
// Source: Lambda API reference of each; Smithy, "AWS restJson1 protocol".
import { ACCOUNT_ID } from '../account.ts'
import type { WireRequest, WireResponse, WireService } from '../wire/message.ts'
import { type Call, type Gate, type Operation, perform } from '../wire/operation.ts'
import { asFault, notImplemented, ServiceFault } from '../wire/service-fault.ts'
import type { FunctionConfiguration } from './function-host.ts'
import { type Functions, functionName } from './registry.ts'

type InvokeInput = { readonly name: string; readonly type: string; readonly payload: string; readonly wantsLog: boolean }
type Output = { readonly status: number; readonly headers?: Record<string, string>; readonly body: string }

/** 6 MB when somebody waits for the answer, 1 MB when nobody does (developer guide, "Lambda quotas"). */
const PAYLOAD_LIMIT = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const

export function lambdaService(functions: Functions, gate: Gate): WireService {
  const arnOf = (name: string, { region }: Call) => {
    const known = functions.list().find((one) => one.functionName === name)
    return known?.arn ?? `arn:aws:lambda:${region}:${ACCOUNT_ID}:function:${name}`
  }
  const operations = {
    Invoke: {
      permissions: ({ name }: InvokeInput, call: Call) => [{ action: 'lambda:InvokeFunction', resource: arnOf(name, call) }],
      run: (input: InvokeInput) => invoke(functions, input),
    },
    GetFunction: {
      permissions: ({ name }: InvokeInput, call: Call) => [{ action: 'lambda:GetFunction', resource: arnOf(name, call) }],
      run: ({ name }: InvokeInput) =>
        json(200, { Configuration: describe(functions.find(name)), Code: { RepositoryType: 'S3', Location: '' } }),
    },
    GetFunctionConfiguration: {
      permissions: ({ name }: InvokeInput, call: Call) => [{ action: 'lambda:GetFunctionConfiguration', resource: arnOf(name, call) }],
      run: ({ name }: InvokeInput) => json(200, describe(functions.find(name))),
    },
    ListFunctions: {
      permissions: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
      run: () => json(200, { Functions: functions.list().map(describe) }),
    },
  } satisfies Record<string, Operation<InvokeInput, Output | Promise<Output>>>

  const respond = async (request: WireRequest): Promise<WireResponse> => {
    try {
      const route = findRoute(request)
      if (route === undefined) throw notImplemented('lambda', `${request.method} ${request.path}`)
      const input = readInput(request, route.name)
      const output = (await perform(gate, route.operation, operations[route.operation], input, request, 'AccessDeniedException')) as Output
      return { status: output.status, headers: { 'content-type': 'application/json', ...output.headers }, body: output.body }
    } catch (error) {
      const fault = asFault(error)
      const status = fault.code === 'AccessDeniedException' ? 403 : fault.status
      const body = JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: fault.message })
      return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': fault.code }, body }
    }
  }
  return { scope: 'lambda', respond }
}

type Route = { readonly operation: 'Invoke' | 'GetFunction' | 'GetFunctionConfiguration' | 'ListFunctions'; readonly name: string }

function findRoute({ method, path }: WireRequest): Route | undefined {
  const [, encoded, rest] = /^\/2015-03-31\/functions(?:\/([^/]+)(\/invocations|\/configuration)?)?\/?$/.exec(path) ?? [undefined]
  if (!path.startsWith('/2015-03-31/functions')) return undefined
  if (encoded === undefined) return method === 'GET' && /functions\/?$/.test(path) ? { operation: 'ListFunctions', name: '' } : undefined
  const name = encoded.replace(/%3A/gi, ':').replace(/%24/g, '$').replace(/%2F/gi, '/')
  if (rest === undefined) return method === 'GET' ? { operation: 'GetFunction', name } : undefined
  if (rest === '/configuration') return method === 'GET' ? { operation: 'GetFunctionConfiguration', name } : undefined
  return method === 'POST' ? { operation: 'Invoke', name } : undefined
}

function readInput(request: WireRequest, nameOrArn: string): InvokeInput {
  return {
    name: functionName(nameOrArn),
    type: String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse'),
    payload: request.body.toString('utf8'),
    wantsLog: request.headers['x-amz-log-type'] === 'Tail',
  }
}

async function invoke(functions: Functions, { name, type, payload, wantsLog }: InvokeInput): Promise<Output> {
  functions.find(name)
  if (type === 'DryRun') return { status: 204, body: '' }
  if (type !== 'RequestResponse' && type !== 'Event') {
    throw new ServiceFault('InvalidParameterValueException', `InvocationType: one of RequestResponse, Event, DryRun, seen '${type}'`)
  }
  const limit = PAYLOAD_LIMIT[type]
  if (Buffer.byteLength(payload) > limit)
    throw new ServiceFault('RequestTooLargeException', `${limit} byte payload is the maximum for the ${type} invocation type`, 413)
  checkJson(payload)
  const outcome = await functions.invoke({ functionName: name, payload: payload === '' ? '{}' : payload, type })
  if (type === 'Event') return { status: 202, body: '' }
  return {
    status: 200,
    headers: {
      'x-amz-executed-version': '$LATEST',
      ...(outcome.functionError === undefined ? {} : { 'x-amz-function-error': outcome.functionError }),
      ...(wantsLog && outcome.logTail !== undefined ? { 'x-amz-log-result': Buffer.from(outcome.logTail).toString('base64') } : {}),
    },
    body: outcome.payload,
  }
}

function checkJson(payload: string): void {
  if (payload === '') return
  try {
    JSON.parse(payload)
  } catch (error) {
    throw new ServiceFault('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`)
  }
}

function json(status: number, body: unknown): Output {
  return { status, body: JSON.stringify(body) }
}

function describe(configuration: FunctionConfiguration): Record<string, unknown> {
  return {
    FunctionName: configuration.functionName,
    FunctionArn: configuration.arn,
    Role: configuration.roleArn,
    Runtime: configuration.runtime,
    Handler: configuration.handler,
    Timeout: configuration.timeoutSeconds,
    MemorySize: configuration.memoryMegabytes,
    Environment: configuration.environment && { Variables: configuration.environment },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Version: '$LATEST',
  }
}
