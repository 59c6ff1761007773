// dynalite, called without a socket: its request handler gets the request as an object and gives its answer to one.
import { EventEmitter } from 'node:events'
import dynalite from 'dynalite'
import { ACCOUNT_ID } from '../account.ts'
import { ServiceFault } from '../wire/service-fault.ts'

export type Engine = {
  /** Throws the fault that dynalite answers. */
  call(operation: string, input: unknown): Promise<Record<string, unknown>>
}

/** dynalite's own account number, in the ARNs it makes. */
const ENGINE_ACCOUNT = '000000000000'
/** dynalite asks for the form of a signature; nobody checks it. */
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=engine/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0'

export function createEngine(): Engine {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  return {
    async call(operation, input) {
      const { status, text } = await exchange(server, operation, JSON.stringify(input))
      const output = JSON.parse(text.replaceAll(`:${ENGINE_ACCOUNT}:table/`, `:${ACCOUNT_ID}:table/`)) as Record<string, unknown>
      if (status === 200) return output
      const code = String(output.__type).replace(/^.*#/, '')
      throw new ServiceFault(code, String(output.message ?? output.Message ?? code), status)
    },
  }
}

function exchange(server: EventEmitter, operation: string, body: string): Promise<{ status: number; text: string }> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20260101T000000Z',
    authorization: AUTHORIZATION,
  }
  const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers })
  return new Promise((resolve) => {
    const response = { statusCode: 200, setHeader: () => {}, end: (text = '') => resolve({ status: response.statusCode, text }) }
    server.emit('request', request, response)
    request.emit('data', Buffer.from(body))
    request.emit('end')
  })
}
