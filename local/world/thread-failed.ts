// What is thrown when a thread of the local system breaks while it runs: nobody waits for it, so it ends the whole.

export class ThreadFailed extends Error {
  override readonly name = 'ThreadFailed'

  /** @param thread what it was for, such as `cloud aws` */
  constructor(thread: string, cause: unknown) {
    super(`the thread of ${thread} ended: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
