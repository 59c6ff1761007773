// Runs something again and again, never twice at once.

/** Runs again and again with a pause between, in real time. The answer ends it and settles when the last run has ended. */
export function repeat(pauseMillis: number, run: () => Promise<void>): () => Promise<void> {
  let isOpen = true
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const next = () => {
    if (!isOpen) return
    timer = setTimeout(() => {
      running = run().then(next)
    }, pauseMillis)
  }
  next()
  return async () => {
    isOpen = false
    clearTimeout(timer)
    await running
  }
}
