// Ends the local system cleanly: what was opened is closed in the opposite order, on Ctrl-C, at the end of a story, or when something breaks.

export interface Ending {
  /** Called at the end, newest first. */
  add(close: () => unknown): void
  /** Closes everything and exits. */
  end(code: number): Promise<never>
}

/** npm passes Ctrl-C on although the terminal has sent it already: within this time it is the same one. */
const SAME_SIGNAL_MILLIS = 1000

export function watchEnding(): Ending {
  const closers: (() => unknown)[] = []
  let endedAt: number | undefined

  async function end(code: number): Promise<never> {
    endedAt ??= performance.now()
    for (const close of closers.splice(0).toReversed()) await close()
    process.exit(code)
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (endedAt !== undefined) {
        // Whoever asks again does not want to wait.
        if (performance.now() - endedAt > SAME_SIGNAL_MILLIS) process.exit(130)
        return
      }
      process.stderr.write('\nEnding.\n')
      void end(0).catch(() => process.exit(1))
    })
  }
  // A thread that broke, or an error nobody waits for: the system would go on half.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${errorText(error)}\n`)
    void end(1).catch(() => process.exit(1))
  })

  return { add: (close) => void closers.push(close), end }
}

export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
