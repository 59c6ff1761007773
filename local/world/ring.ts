// A list that keeps the newest so many: the page may stay open for days.

export interface Ring<T> {
  push(value: T): void
  /** Oldest first. */
  values(): readonly T[]
}

export function createRing<T>(capacity: number): Ring<T> {
  const kept: T[] = []
  return {
    push(value) {
      kept.push(value)
      if (kept.length > capacity) kept.shift()
    },
    values: () => kept,
  }
}
