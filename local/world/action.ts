// What a person can do to the running local system, from the page or a scenario; checked at the door.
import * as z from 'zod'
import { nearestWord } from '#config/nearest-word.ts'
import { formatPath, formatValue, problemLine } from '#config/problem.ts'
import { schemaFindings } from '#config/schema-findings.ts'
import type { SchemaNode } from '#config/schema-node.ts'
import { Hostname, ShortName, Version } from '#model/names.ts'
import { behaviourChange } from './behaviour-change.ts'

const provider = z.string().min(1)
/** Who says it, and why. */
const said = {
  author: z.string().min(1).max(200).default('arn:aws:iam::123456789012:user/operator'),
  reason: z.string().min(1).max(200).default('from the page of the local system'),
}

export const Action = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('brownOut'), provider, to: z.number().gt(0).lt(1).default(0.4) }),
  z.strictObject({ action: z.literal('fail'), provider }),
  z.strictObject({ action: z.literal('stop'), provider }),
  z.strictObject({
    action: z.literal('recover'),
    provider,
    warmUp: z.strictObject({ fromFraction: z.number().gt(0).max(1), seconds: z.number().positive() }).optional(),
  }),
  z.strictObject({ action: z.literal('scale'), provider, tasks: z.int().min(1).max(1000) }),
  z.strictObject({ action: z.literal('silence'), provider }),
  z.strictObject({ action: z.literal('unsilence'), provider }),
  z.strictObject({
    action: z.literal('drain'),
    provider,
    reason: z.string().min(1).max(200).default('drained from the page of the local system'),
  }),
  z.strictObject({
    action: z.literal('undrain'),
    provider,
    reason: z.string().min(1).max(200).default('undrained from the page of the local system'),
  }),
  z.strictObject({
    action: z.literal('breakVersion'),
    version: Version,
    ...{ service: ShortName.optional(), provider: provider.optional() },
    ...behaviourChange,
  }),
  z.strictObject({ action: z.literal('silenceVersion'), version: Version, service: ShortName.optional() }),
  z.strictObject({ action: z.literal('unsilenceVersion'), version: Version, service: ShortName.optional() }),
  z.strictObject({ action: z.literal('canaryStart'), version: Version, service: ShortName.optional(), ...said }),
  z.strictObject({
    action: z.literal('canaryShift'),
    provider,
    hostname: Hostname.optional(),
    part: z.number().min(0).max(1).default(1),
    ...said,
  }),
  z.strictObject({ action: z.literal('canaryApprove'), hostname: Hostname.optional(), ...said }),
  z.strictObject({ action: z.literal('canaryHold'), hostname: Hostname.optional(), ...said }),
  z.strictObject({ action: z.literal('canaryResume'), hostname: Hostname.optional(), ...said }),
  z.strictObject({ action: z.literal('canaryPromote'), hostname: Hostname.optional(), ...said }),
  z.strictObject({ action: z.literal('canaryAbort'), hostname: Hostname.optional(), ...said }),
  z.strictObject({ action: z.literal('stopExecution'), hostname: Hostname.optional() }),
])
export type Action = z.infer<typeof Action>

export type ActionOutcome = { readonly isDone: true; readonly sentence: string } | { readonly isDone: false; readonly sentence: string }

/** Reads the body of a request: an action, or what is wrong with it: place, value, what is allowed, the mend. */
export function parseAction(body: string, providers: readonly string[]): { readonly action: Action } | { readonly problem: string } {
  const value = jsonOf(body)
  if (value === undefined) {
    const example = JSON.stringify({ action: 'fail', provider: providers[0] ?? 'aws' })
    const seen = body === '' ? 'nothing' : `${formatValue(body)}, which is not JSON`
    return { problem: problemLine('body', { seen, allowed: 'an action as JSON', mend: `Send for instance ${example}.` }) }
  }
  const parsed = Action.safeParse(value)
  if (!parsed.success) {
    const schema = z.toJSONSchema(Action, { io: 'input' }) as SchemaNode
    const [finding] = schemaFindings(parsed.error.issues, { schema, document: value, whole: 'the action' })
    return { problem: finding === undefined ? parsed.error.message : problemLine(formatPath(finding.path) || 'body', finding) }
  }
  const named = 'provider' in parsed.data ? parsed.data.provider : undefined
  if (named !== undefined && !providers.includes(named)) {
    const near = nearestWord(named, providers)
    const mend = near === undefined ? 'Name one of them.' : `Did you mean ${near}?`
    return { problem: problemLine('provider', { seen: JSON.stringify(named), allowed: providers.join(', '), mend }) }
  }
  return { action: parsed.data }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
