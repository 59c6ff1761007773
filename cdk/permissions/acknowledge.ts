// Tells the rules of cdk-nag why a permission is wider than a single thing: finding by finding, so that a new wildcard is still reported.
import { Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import type { Grant } from './grant.ts'

/** Acknowledges the wildcards of this grant at the role. Does nothing for a grant without `whyWide`. */
export function acknowledgeWidth(role: IConstruct, grant: Grant): void {
  if (grant.whyWide === undefined) return
  for (const resource of grant.resources.filter((one) => one.includes('*'))) {
    const finding = `Resource::${asPrinted(Stack.of(role).resolve(resource))}`
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason: `${grant.sid}: ${grant.whyWide}` })
  }
}

/** A resolved value as cdk-nag prints it: references in angle brackets. */
function asPrinted(value: unknown): string {
  if (typeof value === 'string') return value
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] }
  if (Ref !== undefined) return `<${Ref}>`
  if (attribute !== undefined) return `<${attribute.join('.')}>`
  if (join !== undefined) return join[1].map(asPrinted).join(join[0])
  throw new TypeError(`cannot print ${JSON.stringify(value)} as a resource`)
}
