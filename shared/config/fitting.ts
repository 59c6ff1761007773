// What somebody who wrote a name in another spelling most likely means.

/**
 * `value` in lower case, without spaces around it or a trailing dot, with hyphens for what else separates words; undefined when that does not fit either.
 *
 * @param pattern a regular expression as text, `/^[a-z]+$/`, as zod gives it with an issue
 */
export function fitting(value: unknown, pattern: string | undefined): string | undefined {
  const source = pattern?.match(/^\/(.*)\/$/)?.[1]
  if (typeof value !== 'string' || source === undefined) return undefined
  const lower = value.trim().toLowerCase().replace(/\.$/, '')
  const rule = new RegExp(source)
  return [lower, lower.replace(/[\s_]+/g, '-')].find((candidate) => rule.test(candidate))
}
