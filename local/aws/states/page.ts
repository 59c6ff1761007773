// Lists of Step Functions come in pages of up to 1,000, 100 unless told. Source: API reference, maxResults and nextToken.
import { ServiceFault } from '../wire/service-fault.ts'

const DEFAULT_RESULTS = 100
const MOST_RESULTS = 1000

export type PageInput = { readonly maxResults?: number; readonly nextToken?: string }

/** @throws ServiceFault ValidationException for a size, InvalidToken for a token that was not given by this list */
export function page<T>(all: readonly T[], { maxResults = 0, nextToken }: PageInput): { items: T[]; rest: { nextToken?: string } } {
  if (!Number.isInteger(maxResults) || maxResults < 0 || maxResults > MOST_RESULTS)
    throw new ServiceFault('ValidationException', `maxResults: 0 to ${MOST_RESULTS}, seen ${maxResults}`)
  const from = nextToken === undefined ? 0 : Number(nextToken)
  if (!Number.isInteger(from) || from < 0 || from > all.length) throw new ServiceFault('InvalidToken', `Invalid Token: '${nextToken}'`)
  const end = from + (maxResults === 0 ? DEFAULT_RESULTS : maxResults)
  return { items: all.slice(from, end), rest: end < all.length ? { nextToken: String(end) } : {} }
}
