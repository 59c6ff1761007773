// Runs something for many items, a few at a time: one after the other a thousand writes take longer than a tick.

/** Enough to hide the latency of a table, few enough for the connections of one client. */
const AT_ONCE = 16

/** The first failure ends it: what has begun goes on, nothing new begins, and the failure is thrown. `isOver` is asked before each item. */
export async function inParallel<T>(
  items: readonly T[],
  run: (item: T) => Promise<unknown>,
  isOver: () => boolean = () => false,
): Promise<void> {
  let next = 0
  let hasFailed = false
  const worker = async () => {
    while (next < items.length && !hasFailed && !isOver()) {
      const item = items[next++] as T
      await run(item).catch((error: unknown) => {
        hasFailed = true
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
}
