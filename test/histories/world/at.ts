// Takes one of a list by any whole number, so that a history stays valid whatever is taken out of it.

export function at<T>(items: readonly T[], index: number): T {
  const item = items[Math.abs(index) % items.length]
  if (item === undefined) throw new RangeError('nothing to choose from')
  return item
}
