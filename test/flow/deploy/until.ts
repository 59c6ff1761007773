// Waits for a condition instead of a time; the test's own time-out is the limit.
const POLL_MILLIS = 20

/** Settles with the first value that is neither undefined nor false. */
export async function until<T>(condition: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const value = await condition()
    if (value !== undefined && value !== false) return value
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS))
  }
}
