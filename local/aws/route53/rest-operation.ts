// The shape of a Route 53 operation: what the URL and the body say, and what goes back as XML.
import type { Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'

export type RestInput = {
  /** Parameters of the path, in order. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  /** Members of the request's root element. */
  readonly body: Readonly<Record<string, unknown>>
}

export type RestOutput = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly content: Readonly<Record<string, unknown>>
}

export type RestOperation = Operation<RestInput, RestOutput>

/** Route 53 is global: its ARNs have neither region nor account (service authorization reference, Amazon Route 53). */
export const arnOf = (kind: 'hostedzone' | 'change' | 'healthcheck', id: string): string => `arn:aws:route53:::${kind}/${id}`

/** Ids come as `Z123`, `/hostedzone/Z123` or `/change/C123`. */
export function bareId(id: string | undefined): string {
  return (id ?? '').replace(/^.*\//, '')
}

/** The page size a client asked for: between 1 and `limit`, which is also the default. */
export function pageSize(query: URLSearchParams, limit: number): number {
  const asked = Number(query.get('maxitems') ?? limit)
  if (!Number.isInteger(asked) || asked < 1)
    throw new ServiceFault('InvalidInput', `MaxItems: a whole number from 1, seen '${query.get('maxitems')}'`)
  return Math.min(asked, limit)
}
