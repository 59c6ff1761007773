// Splits what is asked of apply into requests that a synchronous invocation takes, in the order of their urgency.
import type { ApplyRequest } from '#model/receipt.ts'

/** Lambda: 6 MB each for the request and the answer of a synchronous invocation (developer guide, "Lambda quotas"); some of it is left free. */
const MOST_BYTES = 4 * 1024 * 1024

/** A look costs little to ask for, but its answer holds every record of the hostname: up to a hundred of 400 bytes, as a rule far fewer. */
const LOOK_ANSWER_BYTES = 8 * 1024

type Part = { [kind in 'rollbacks' | 'plans' | 'look' | 'confirm']: ApplyRequest[kind] }

/** None for a request that asks for nothing. A single item larger than a part still is one, and Lambda says what is wrong with it. */
export function splitRequest({ rollbacks, plans, look, confirm }: ApplyRequest): ApplyRequest[] {
  const parts: Part[] = []
  let room = 0
  const partFor = (bytes: number): Part => {
    const last = parts.at(-1)
    room -= bytes
    if (last !== undefined && room >= 0) return last
    const part: Part = { rollbacks: [], plans: [], look: [], confirm: [] }
    parts.push(part)
    room = MOST_BYTES - bytes
    return part
  }
  for (const one of rollbacks) partFor(bytesOf(one)).rollbacks.push(one)
  for (const one of plans) partFor(bytesOf(one)).plans.push(one)
  for (const one of look) partFor(LOOK_ANSWER_BYTES).look.push(one)
  for (const one of confirm) partFor(bytesOf(one)).confirm.push(one)
  return parts
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length + 1
}
