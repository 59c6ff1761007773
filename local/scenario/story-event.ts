// What can happen in a story: to its clouds and their agents, to the records, and to the account the controller lives in.
import * as z from 'zod'
import { behaviourChange } from '#local/world/behaviour-change.ts'
import { Hostname, ShortName, Version } from '#model/names.ts'
import { oneOf } from './one-of.ts'

const provider = ShortName
const share = z.number().min(0).max(1)
const FunctionEnding = z.enum(['rebalance', 'apply', 'reconcile', 'canary-begin', 'canary-step', 'canary-judge'])
/** Who says it, and why; of the only service and its hostname, unless said. */
const said = { author: z.string().min(1).optional(), reason: z.string().min(1).optional() }
const order = z.strictObject({ hostname: Hostname.optional(), ...said })

const EVENTS = {
  brownOut: z
    .strictObject({ provider, to: z.number().gt(0).lt(1) })
    .describe('It serves only this part of what it could; its check stays green.'),
  fail: z.strictObject({ provider }).describe('It answers 503 to everything, the health check too; metrics go on.'),
  stop: z.strictObject({ provider }).describe('The whole cloud is gone: connections are refused, metrics end.'),
  recover: z
    .strictObject({ provider, warmUp: z.strictObject({ fromFraction: share.gt(0), seconds: z.number().positive() }).optional() })
    .describe('All well again; with warmUp its tasks begin at a part of their rating.'),
  scale: z.strictObject({ provider, tasks: z.int().min(1).max(1000) }),
  silence: z.strictObject({ provider }).describe('Its agent publishes no metrics.'),
  unsilence: z.strictObject({ provider }),
  drain: z.strictObject({ provider, reason: z.string().min(1).optional() }).describe('An operator drains it, through the product.'),
  undrain: z.strictObject({ provider, reason: z.string().min(1).optional() }),
  editRecord: z
    .strictObject({
      hostname: Hostname.optional(),
      provider: provider.optional(),
      weight: z.int().min(0).max(255).optional(),
      ttlSeconds: z.int().min(0).max(86_400).optional(),
    })
    .refine((edit) => edit.weight !== undefined || edit.ttlSeconds !== undefined, 'weight or ttlSeconds')
    .describe('Somebody changes weight or TTL by hand, of one provider or of all members.'),
  lateWrite: z
    .strictObject({ hostname: Hostname.optional(), provider, weight: z.int().min(0).max(255), afterSeconds: z.number().positive() })
    .describe('A writer reads the records now and sends its batch so much later.'),
  sweep: z.strictObject({}).describe('Somebody starts the function that looks for drift.'),
  loseTable: z.strictObject({}).describe('All items of the state table are gone, the journal too.'),
  apiFault: z
    .strictObject({
      service: z.string().min(1),
      operation: z.string().min(1).optional(),
      code: z.string().min(1),
      status: z.int().min(400).max(599).default(400),
      seconds: z.number().positive(),
    })
    .describe('An AWS API answers everybody with this error for a time.'),
  switchOff: z.strictObject({ function: FunctionEnding }).describe('A function of the controller gets no concurrency.'),
  switchOn: z.strictObject({ function: FunctionEnding }),
  redeploy: z
    .strictObject({ ratings: z.record(ShortName, z.number().positive()).default({}) })
    .describe('The stack is deployed again, with these ratings in its configuration.'),
  breakVersion: z
    .strictObject({
      version: Version,
      ...{ service: ShortName.optional(), provider: provider.optional() },
      ...behaviourChange,
    })
    .describe(
      'What part of the requests of a version fail, how many times as long all of them take, how many seconds longer a part of them takes, or that it is gone; at one provider, or at all.',
    ),
  silenceVersion: z.strictObject({ version: Version, service: ShortName.optional() }).describe('Nothing is published of it any more.'),
  unsilenceVersion: z.strictObject({ version: Version, service: ShortName.optional() }),
  canaryStart: z
    .strictObject({ version: Version, service: ShortName.optional(), mayBeRefused: z.boolean().optional(), ...said })
    .describe('An operator starts a canary of a version; mayBeRefused: it goes on when the product says no.'),
  canaryShift: z
    .strictObject({ provider, hostname: Hostname.optional(), part: share.optional(), mayBeRefused: z.boolean().optional(), ...said })
    .describe('An operator starts a canary of a provider: to this part of its share, 1 where nothing is said.'),
  canaryApprove: order,
  canaryHold: order,
  canaryResume: order,
  canaryPromote: order,
  canaryAbort: order,
  stopExecution: z
    .strictObject({ hostname: Hostname.optional() })
    .describe('Somebody stops the execution on the console: no state runs any more.'),
  demand: z.number().min(0).max(1000).describe('Requests/s from now on.'),
} as const

export const StoryEvent = oneOf({ at: z.number().min(0) }, EVENTS)
export type StoryEvent = z.infer<typeof StoryEvent>
