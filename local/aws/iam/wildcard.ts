// Matches IAM patterns: `*` any run of characters, `?` any one; everything else literally.
// Source: IAM user guide, "IAM JSON policy elements: Resource".

const compiled = new Map<string, RegExp>()

export function matchesPattern(pattern: string, value: string, options: { readonly ignoreCase?: boolean } = {}): boolean {
  const key = `${options.ignoreCase === true ? 'i' : 's'}${pattern}`
  let expression = compiled.get(key)
  if (expression === undefined) {
    expression = new RegExp(`^${expressionOf(pattern)}$`, options.ignoreCase === true ? 'is' : 's')
    compiled.set(key, expression)
  }
  return expression.test(value)
}

function expressionOf(pattern: string): string {
  return pattern.replace(/\$\{([*?$])\}|([*?])|([.+^${}()|[\]\\])/g, (_, escaped?: string, wild?: string, literal?: string) => {
    if (escaped !== undefined) return `\\${escaped}`
    if (wild !== undefined) return wild === '*' ? '.*' : '.'
    return `\\${literal}`
  })
}

/** Like `matchesPattern`, but a wildcard does not reach across a colon. Source: IAM user guide, "ARN condition operators". */
export function matchesArn(pattern: string, arn: string): boolean {
  const patternParts = arnParts(pattern)
  const parts = arnParts(arn)
  return patternParts.length === parts.length && patternParts.every((part, index) => matchesPattern(part, parts[index] ?? ''))
}

/** The resource part, the sixth, may itself contain colons. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}
