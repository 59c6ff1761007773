// What is wrong in a file: where, what was seen, what is allowed and how to mend it; as data and as text.

export type PathPart = string | number

export type Problem = {
  /** Stable name of the rule, for machines. */
  readonly code: string
  readonly file: string
  /** As written in the file: `hostnames["media.example.com"].ttlSeconds`. Empty for the file as a whole. */
  readonly path: string
  /** Line in the file, from 1; absent for what is not there or did not come from text. */
  readonly line?: number
  /** The value seen, as text. */
  readonly seen: string
  readonly allowed: string
  readonly mend: string
}

/** A problem before the file's name and line are known; what the checks return. */
export type Finding = {
  readonly code: string
  readonly path: readonly PathPart[]
  readonly seen: string
  readonly allowed: string
  readonly mend: string
}

/** `['hostnames', 'media.example.com', 'ttlSeconds']` → `hostnames["media.example.com"].ttlSeconds`. */
export function formatPath(path: readonly PathPart[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    if (!/^[A-Za-z_][\w-]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
}

/** A value as a person recognises it, cut at 120 characters. */
export function formatValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}

/** One line, for logs, answers and terminals: `event.time: seen nothing; allowed: a number; mend: Add time to the event.` */
export function problemLine(place: string, { seen, allowed, mend }: Pick<Finding, 'seen' | 'allowed' | 'mend'>): string {
  return `${place}: seen ${seen}; allowed: ${allowed}; mend: ${mend}`
}

/** Four lines a problem, a blank line between two. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ file, line, path, seen, allowed, mend }) =>
      [
        `${file}${line === undefined ? '' : `:${line}`}: ${path === '' ? '(the whole file)' : path}`,
        `  seen:    ${seen}`,
        `  allowed: ${allowed}`,
        `  mend:    ${mend}`,
      ].join('\n'),
    )
    .join('\n\n')
}
