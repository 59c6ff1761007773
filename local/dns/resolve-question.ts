// Decides the whole response to one question: which zone, which name (wildcards), which record set, following aliases and CNAMEs inside our zones.
import type { AnswerableRecordSet, Route53DataPlane } from '#local/aws/route53/data-plane.ts'
import { answer } from './answer.ts'

/** One resource record of a response, in text form: TXT values keep their quotes. */
export type ResponseRecord = { readonly name: string; readonly type: string; readonly ttlSeconds: number; readonly value: string }

export type Response = {
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'REFUSED'
  readonly answers: readonly ResponseRecord[]
  readonly authority: readonly ResponseRecord[]
}

export type ResolverContext = {
  readonly plane: Pick<Route53DataPlane, 'recordSets' | 'zones' | 'isHealthy'>
  readonly random: () => number
  /** Addresses of an AWS resource that an alias names (a load balancer, a distribution); they live outside our zones. */
  readonly aliasAddresses: (dnsName: string, type: string) => readonly string[]
}

/** Elastic Load Balancing's names have a TTL of 60 s, and an alias takes the TTL of its target (Developer Guide, "Choosing between alias and non-alias records"). */
const ALIAS_TTL_SECONDS = 60
/** Route 53's own SOA: minimum 86400, its TTL 900; a negative answer is kept for the smaller (RFC 2308). */
const SOA_TTL_SECONDS = 900
const CHAIN_LIMIT = 8

/** Answers a question as a zone's name server does; a name in none of our zones is refused, as Route 53 refuses it. */
export function resolveQuestion(context: ResolverContext, name: string, type: string): Response {
  const wanted = name.toLowerCase().replace(/\.$/, '')
  const zone = zoneOf(context, wanted)
  if (zone === undefined) return { code: 'REFUSED', answers: [], authority: [] }
  const found = recordsAt(context, wanted, zone.name)
  if (found === undefined) {
    return wanted === zone.name ? apex(zone, type, wanted) : { code: 'NXDOMAIN', answers: [], authority: [soa(zone.name)] }
  }
  const answers = chase(context, wanted, type, found, CHAIN_LIMIT)
  if (answers.length > 0) return { code: 'NOERROR', answers, authority: [] }
  return wanted === zone.name ? apex(zone, type, wanted) : { code: 'NOERROR', answers: [], authority: [soa(zone.name)] }
}

function chase(
  context: ResolverContext,
  name: string,
  type: string,
  found: readonly AnswerableRecordSet[],
  depth: number,
): readonly ResponseRecord[] {
  const isHealthy = (id: string) => context.plane.isHealthy(id)
  const direct = answer(ofType(found, type), isHealthy, context.random)
  if (direct !== undefined) return recordsOf(context, direct, name, type, depth)
  const cname = answer(ofType(found, 'CNAME'), isHealthy, context.random)
  if (cname === undefined) return []
  const [target] = cname.values
  const own = recordsOf(context, cname, name, 'CNAME', depth)
  return target === undefined || depth === 0 ? own : [...own, ...follow(context, target, type, depth - 1)]
}

/** The records a chosen set stands for: its values, or those of the alias' target under the alias' own name. */
function recordsOf(context: ResolverContext, chosen: AnswerableRecordSet, name: string, type: string, depth: number): ResponseRecord[] {
  if (chosen.alias === undefined) {
    return chosen.values.map((value) => ({ name, type, ttlSeconds: chosen.ttlSeconds ?? 0, value }))
  }
  const target = chosen.alias.dnsName.toLowerCase().replace(/\.$/, '')
  const inside = depth === 0 ? [] : follow(context, target, type, depth - 1).filter((record) => record.type === type)
  if (inside.length > 0) return inside.map((record) => ({ ...record, name }))
  return context.aliasAddresses(target, type).map((value) => ({ name, type, ttlSeconds: ALIAS_TTL_SECONDS, value }))
}

function follow(context: ResolverContext, target: string, type: string, depth: number): readonly ResponseRecord[] {
  const name = target.toLowerCase().replace(/\.$/, '')
  const zone = zoneOf(context, name)
  const found = zone === undefined ? undefined : recordsAt(context, name, zone.name)
  return found === undefined ? [] : chase(context, name, type, found, depth)
}

/** The records of a name, or of the wildcard that covers it: the closest existing name above decides (RFC 4592, section 3.3.1). */
function recordsAt(context: ResolverContext, name: string, zoneName: string): readonly AnswerableRecordSet[] | undefined {
  const exact = context.plane.recordSets(name)
  if (exact.length > 0) return exact
  for (let above = parent(name); above !== undefined && above.length >= zoneName.length; above = parent(above)) {
    const wildcard = context.plane.recordSets(`*.${above}`)
    if (wildcard.length > 0) return wildcard
    if (context.plane.recordSets(above).length > 0) return undefined
  }
  return undefined
}

function apex(zone: { readonly name: string }, type: string, name: string): Response {
  if (type === 'SOA') return { code: 'NOERROR', answers: [soa(zone.name)], authority: [] }
  if (type === 'NS') {
    return { code: 'NOERROR', answers: [{ name, type, ttlSeconds: 172_800, value: `ns-1.${zone.name}` }], authority: [] }
  }
  return { code: 'NOERROR', answers: [], authority: [soa(zone.name)] }
}

function soa(zoneName: string): ResponseRecord {
  const value = `ns-1.${zoneName} hostmaster.${zoneName} 1 7200 900 1209600 86400`
  return { name: zoneName, type: 'SOA', ttlSeconds: SOA_TTL_SECONDS, value }
}

function zoneOf(context: ResolverContext, name: string): { readonly id: string; readonly name: string } | undefined {
  const holding = context.plane.zones().filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`))
  return holding.toSorted((a, b) => b.name.length - a.name.length)[0]
}

function ofType(records: readonly AnswerableRecordSet[], type: string): readonly AnswerableRecordSet[] {
  return records.filter((record) => record.type === type)
}

function parent(name: string): string | undefined {
  const dot = name.indexOf('.')
  return dot < 0 ? undefined : name.slice(dot + 1)
}
