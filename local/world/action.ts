// What a person can do to the running local system, from the page or a scenario; checked at the door.
import * as z from 'zod'

const provider = z.string().min(1)

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
])
export type Action = z.infer<typeof Action>

export type ActionOutcome = { readonly isDone: true; readonly sentence: string } | { readonly isDone: false; readonly sentence: string }

/** Reads an action, or says what is wrong with it: place, value, what is allowed. */
export function parseAction(value: unknown, providers: readonly string[]): { readonly action: Action } | { readonly problem: string } {
  const parsed = Action.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue === undefined || issue.path.length === 0 ? 'action' : issue.path.join('.')
    return {
      problem: `${place}: ${issue?.message ?? 'not an action'}; seen ${JSON.stringify(value)?.slice(0, 200)}; see local/world/action.ts for what is allowed`,
    }
  }
  if (!providers.includes(parsed.data.provider)) {
    return { problem: `provider: "${parsed.data.provider}" is not simulated here; allowed: ${providers.join(', ')}` }
  }
  return { action: parsed.data }
}
