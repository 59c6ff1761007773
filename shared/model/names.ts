// The names that appear in records, metrics and the state table, with the limits of the systems they are written to.
import * as z from 'zod'

/** A provider or endpoint: lower-case letters, digits and hyphens; it becomes part of a set identifier and of a metric dimension. */
export const ShortName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens, beginning with a letter, at most 32 characters')
export type ShortName = z.infer<typeof ShortName>

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?'

/** A DNS name in lower case without the trailing dot; a wildcard `*` may be its first label. */
export const Hostname = z
  .string()
  .max(253)
  .regex(new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})+$`), 'a DNS name in lower case without a trailing dot, such as media.example.com')
export type Hostname = z.infer<typeof Hostname>

/** A DNS name whose first label cannot be a wildcard: a zone, a CNAME target, an alias target. */
export const DnsName = Hostname.refine((name) => !name.startsWith('*'), 'a DNS name without a wildcard')

/** Route 53: a set identifier has at most 128 characters (API reference, ResourceRecordSet). */
export const SET_IDENTIFIER_LIMIT = 128

/** A version of a service, such as `1.0.9`: it becomes part of a set identifier, of an execution name and of a metric dimension. */
export const Version = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, 'a version such as 1.0.9: lower-case letters, digits, . _ -, at most 32')
export type Version = z.infer<typeof Version>

/** `sluice:<hostname>:<provider>:<endpoint>[:<version>]`: the mark by which a record is known to be ours. */
export function setIdentifier(hostname: string, provider: string, endpoint: string, version?: string): string {
  return `sluice:${hostname}:${provider}:${endpoint}${version === undefined ? '' : `:${version}`}`
}

/** The TXT record beside a hostname that carries its fence; Route 53 keeps `*` as an octal escape, so a wildcard becomes `_wildcard`. */
export function fenceName(hostname: string): string {
  return `_sluice.${hostname.replace(/^\*\./, '_wildcard.')}`
}
