// An operation of the closed list: what the caller must be allowed to do, and what is done. Protocols are added around it.
import type { WireRequest } from './message.ts'

/** One action on one resource, with the values of the condition keys that this request has. Keys in lower case. */
export type Permission = {
  readonly action: string
  readonly resource: string
  readonly context?: Readonly<Record<string, readonly string[]>> | undefined
}

/** Who asks, and from where; an operation reads nothing else of the request. */
export type Call = Pick<WireRequest, 'accessKeyId' | 'region' | 'service'>

// biome-ignore lint/suspicious/noExplicitAny: inputs come from the wire; each operation names and checks the members it reads.
export type Operation<Input = any, Output = unknown> = {
  /** Every resource the call touches. An empty list: nobody needs a permission (GetCallerIdentity). */
  permissions(input: Input, call: Call): readonly Permission[] | Promise<readonly Permission[]>
  run(input: Input, call: Call): Output | Promise<Output>
}

export type Operations = Readonly<Record<string, Operation>>

/** What stands before every operation. */
export interface Gate {
  /** Throws a fault that was ordered for this request. */
  check(call: Call, operation: string): void
  /** Throws the service's AccessDenied fault unless the caller may do all of it. */
  authorise(accessKeyId: string, permissions: readonly Permission[], denialCode: string): void
}

/** Authorises, then runs: the only way from the wire to an operation. */
export async function perform(
  gate: Gate,
  name: string,
  operation: Operation,
  input: unknown,
  call: Call,
  denialCode: string,
): Promise<unknown> {
  gate.check(call, name)
  gate.authorise(call.accessKeyId, await operation.permissions(input, call), denialCode)
  return operation.run(input, call)
}
