// DNS names as Route 53 keeps, sorts and shows them: lower case, with a trailing dot, other characters than a-z 0-9 - _ . as octal escapes.
// Source: Route 53 developer guide, "DNS domain name format".

const PLAIN = /[a-z0-9_.-]/

/** `*.Example.test` becomes `\052.example.test.`; a name that is escaped already stays so. */
export function canonicalName(name: string): string {
  const escaped = name.toLowerCase().replace(/\\(\d{3})|([\s\S])/g, (_, octal: string | undefined, character: string) => {
    const plain = octal === undefined ? character : String.fromCharCode(Number.parseInt(octal, 8)).toLowerCase()
    return PLAIN.test(plain) ? plain : `\\${plain.charCodeAt(0).toString(8).padStart(3, '0')}`
  })
  return escaped.endsWith('.') ? escaped : `${escaped}.`
}

/** As the name servers are asked: no trailing dot, a wildcard as `*`. */
export function questionName(canonical: string): string {
  return canonical.replace(/\.$/, '').replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

/** As the condition key has it: no trailing dot, escapes kept. Source: developer guide, "Using IAM policy conditions for fine-grained access control". */
export function normalizedName(name: string): string {
  return canonicalName(name).replace(/\.$/, '')
}

/** ListResourceRecordSets sorts "by DNS name with the labels reversed, for example: com.example.www. Note the trailing dot"; escapes count as what they stand for. */
export function sortName(canonical: string): string {
  return `${questionName(canonical).split('.').reverse().join('.')}.`
}

export function isWithinZone(name: string, zoneName: string): boolean {
  return name === zoneName || name.endsWith(`.${zoneName}`)
}

/** What is wrong with the length of a name, as Route 53 says it; undefined when nothing is. */
export function lengthFault(canonical: string): string | undefined {
  if (canonical.split('.').some((label) => label.length > 63)) {
    return `FATAL problem: DomainLabelTooLong (Domain label is too long) encountered with '${canonical}'`
  }
  return canonical.length > 255 ? `FATAL problem: DomainNameTooLong (Domain name is too long) encountered with '${canonical}'` : undefined
}
