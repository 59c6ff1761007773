// Turns the records of a response into what the wire encoder wants, one shape per type.
import type DNS from 'dns2'
import { Packet } from 'dns2'
import type { ResponseRecord } from './resolve-question.ts'

type Shape = (value: string) => Partial<DNS.Packet.Resource>

/** RFC 1035, 3.3: a character-string holds at most 255 octets. */
const STRING_LIMIT = 255

const SHAPES: Readonly<Record<string, Shape>> = {
  A: (address) => ({ address }),
  AAAA: (address) => ({ address }),
  CNAME: (domain) => ({ domain: domain.replace(/\.$/, '') }),
  NS: (ns) => ({ ns: ns.replace(/\.$/, '') }),
  TXT: (value) => ({ data: textStrings(value) }),
  SOA: (value) => {
    const [primary = '', admin = '', serial, refresh, retry, expiration, minimum] = value.split(' ')
    return {
      primary,
      admin,
      serial: Number(serial),
      refresh: Number(refresh),
      retry: Number(retry),
      expiration: Number(expiration),
      minimum: Number(minimum),
    }
  },
}

/** The wire form of a record, or undefined for a type this server does not encode (it never has such an answer to give by itself). */
export function wireRecord(record: ResponseRecord): DNS.Packet.Resource | undefined {
  const shape = SHAPES[record.type]
  const code = Packet.TYPE[record.type as keyof typeof Packet.TYPE]
  if (shape === undefined || code === undefined) return undefined
  const fields = { name: record.name, type: code, class: Packet.CLASS.IN, ttl: record.ttlSeconds, ...shape(record.value) }
  return new Packet.Resource(fields as Partial<DNS.Packet.Resource>)
}

/** Route 53 keeps a TXT value as one or more quoted strings; longer ones than the wire allows are cut into several. */
export function textStrings(value: string): string[] {
  const quoted = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1'))
  const strings = quoted.length > 0 ? quoted : [value]
  return strings.flatMap((text) => text.match(new RegExp(`[\\s\\S]{1,${STRING_LIMIT}}`, 'g')) ?? [''])
}
