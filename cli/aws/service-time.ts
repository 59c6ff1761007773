// The time as AWS tells it: the Date header of the newest answer.
//
// A function drops an operator's event that is older than a tick, and an override ends at a time that is sent along. Both are
// measured by the functions' clock, so they must not depend on whether the operator's computer has the right time.

type Answered = { readonly response?: { readonly headers?: Readonly<Record<string, string>> } }
type Next = (args: unknown) => Promise<Answered>

/** The part of an SDK client that this needs; the clients' own types differ in what they send. */
type Client = { readonly middlewareStack: { add(middleware: never, options: { step: 'deserialize'; name: string }): void } }

export type ServiceTime = {
  /** Notes the time of every answer the client gets from now on. */
  readonly watch: <C extends Client>(client: C) => C
  /** Epoch seconds, whole. @throws Error before the first answer */
  readonly nowSeconds: () => number
}

export function serviceTime(): ServiceTime {
  let newest: number | undefined
  const note =
    (next: Next): Next =>
    async (args) => {
      const answered = await next(args)
      const seconds = Date.parse(answered.response?.headers?.date ?? '') / 1000
      if (Number.isFinite(seconds)) newest = Math.max(newest ?? seconds, seconds)
      return answered
    }
  return {
    watch: (client) => {
      client.middlewareStack.add(note as never, { step: 'deserialize', name: 'noteServiceTime' })
      return client
    },
    nowSeconds: () => {
      if (newest === undefined) throw new Error('AWS has not been asked yet, so its time is not known')
      return newest
    },
  }
}
