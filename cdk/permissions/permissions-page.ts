// docs/permissions.md: what each role of the synthesised template may do, with the reason that was given for it.
import type { Grant } from './grant.ts'
import type { RoleOwner } from './role-owner.ts'
import { SELDOM_USED } from './seldom-used.ts'

/** A statement of a role as CloudFormation gets it. */
export type TemplateStatement = {
  readonly Sid?: string
  readonly Action: string | readonly string[]
  readonly Resource: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export type RoleOnPage = {
  readonly owner: RoleOwner
  readonly description: string
  readonly statements: readonly TemplateStatement[]
  readonly grants: readonly Grant[]
}

const INTRODUCTION = `# Permissions

This page is generated from the template that the example configuration gives (\`npm run docs\`); a test fails when it is not up to date. Each
function and the state machine have a role of their own, without managed policies. The local system enforces exactly these statements, conditions included.

Names in angle brackets are filled in by CloudFormation.
`

/** Throws when a statement has no reason: a permission that nobody can explain is not granted. */
export function permissionsPage(roles: readonly RoleOnPage[]): string {
  return `${[INTRODUCTION, ...roles.flatMap(roleSection), seldomSection()].join('\n').trimEnd()}\n`
}

function roleSection({ owner, description, statements, grants }: RoleOnPage): string[] {
  const rows = statements.map((statement) => {
    const grant = grants.find(({ sid }) => sid === statement.Sid)
    if (grant === undefined) throw new RangeError(`${owner}: statement ${statement.Sid ?? '(without id)'} has no reason; add it as a Grant`)
    const why = grant.whyWide === undefined ? grant.reason : `${grant.reason} Wide because: ${grant.whyWide}`
    return `| ${list(statement.Action).map(code).join('<br>')} | ${list(statement.Resource).map(asText).map(code).join('<br>')} | ${why} |`
  })
  const conditions = statements.flatMap(({ Sid, Condition }) =>
    Condition === undefined ? [] : [`Condition of ${Sid}:`, '', '```json', JSON.stringify(Condition, null, 2), '```', ''],
  )
  return [`## ${owner}`, '', description, '', '| actions | resources | why |', '|---|---|---|', ...rows, '', ...conditions]
}

function seldomSection(): string {
  const rows = SELDOM_USED.map(
    ({ handlers, actions, calling, situation, test }) =>
      `| ${handlers.join(', ')} | ${actions.map(code).join('<br>')}${calling === undefined ? '' : ` on ${calling}`} | ${situation} | ${code(test)} |`,
  )
  const text =
    'An ordinary day uses all of it but for these. A test lets each situation happen and compares what was used with what is granted:'
  return ['## Seldom used', '', text, '', '| functions | actions | situation | test |', '|---|---|---|---|', ...rows].join('\n')
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Readonly<Record<string, unknown>>
  if (typeof Ref === 'string') return `<${Ref}>`
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`
  if (Array.isArray(join)) return (join[1] as unknown[]).map(asText).join(String(join[0]))
  throw new TypeError(`cannot print ${JSON.stringify(value)} as a resource`)
}

function code(text: unknown): string {
  return `\`${text}\``
}
