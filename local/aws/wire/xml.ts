// XML in and out for REST-XML and Query answers. Elements are strings; operations turn them into numbers where their shape says so.
import { XMLBuilder, XMLParser } from 'fast-xml-parser'
import { ServiceFault } from './service-fault.ts'

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressBooleanAttributes: false })

/** `lists` are the member elements of lists, as `Name` or `Parent.Name`: they are arrays even when there is one. */
export function parseXml(body: Buffer, lists: ReadonlySet<string>): Record<string, unknown> {
  if (body.length === 0) return {}
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    parseTagValue: false,
    htmlEntities: true,
    isArray: (name, path) => lists.has(name) || lists.has(String(path).split('.').slice(-2).join('.')),
  })
  try {
    return parser.parse(body.toString('utf8'), true) as Record<string, unknown>
  } catch (error) {
    throw new ServiceFault('InvalidInput', `The request body is not XML: ${(error as Error).message}`)
  }
}

/** Members that are undefined are left out; dates become ISO 8601; a list repeats its element. */
export function buildXml(root: string, content: Readonly<Record<string, unknown>>, namespace: string): string {
  const members = plain(content) as Record<string, unknown>
  return `<?xml version="1.0"?>\n${builder.build({ [root]: { '@xmlns': namespace, ...members } })}`
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, plain(member)]])))
}
