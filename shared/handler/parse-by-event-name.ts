// Two kinds of events at one door, told apart by whether they name themselves in `event`: so an objection is about the kind that was meant.
import * as z from 'zod'
import { parseWith } from './bad-event.ts'

type Kinds<A, B> = { readonly named: z.ZodType<A>; readonly unnamed: z.ZodType<B> }

const Named = z.object({ event: z.string() })

/** @returns the parsed event @throws BadEvent when it does not pass the schema of its kind */
export function parseByEventName<A, B>({ named, unnamed }: Kinds<A, B>, event: unknown): A | B {
  return Named.safeParse(event).success ? parseWith(named, event) : parseWith(unnamed, event)
}
