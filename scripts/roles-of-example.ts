// The roles of the template that the example configuration gives, as docs/permissions.md shows them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '#cdk/build-app.ts'
import { HANDLER_NAMES, HANDLERS } from '#cdk/handlers.ts'
import type { RoleOnPage, TemplateStatement } from '#cdk/permissions/permissions-page.ts'
import { type RoleOwner, roleOwner } from '#cdk/permissions/role-owner.ts'
import { type SluiceStack, stackName } from '#cdk/stacks/sluice-stack.ts'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems } from '#config/problem.ts'

const EXAMPLE = 'examples/aws-hetzner/sluice.yaml'

type Policy = {
  readonly Type: string
  readonly Properties: {
    readonly Roles: readonly { readonly Ref: string }[]
    readonly PolicyDocument: { readonly Statement: TemplateStatement[] }
  }
}

export function rolesOfExample(): RoleOnPage[] {
  const parsed = parseConfiguration(readFileSync(join(import.meta.dirname, '..', EXAMPLE), 'utf8'), EXAMPLE)
  if (!parsed.ok) throw new Error(formatProblems(parsed.problems))
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-permissions-'))
  try {
    const app = buildApp({ configuration: parsed.configuration, bundle: false, outdir })
    const name = stackName(parsed.configuration.stage)
    const { controller } = app.node.findChild(name) as SluiceStack
    const resources = Object.values(app.synth().getStackByName(name).template.Resources) as Policy[]
    const policies = resources.filter(({ Type }) => Type === 'AWS::IAM::Policy')
    const statementsOf = (owner: RoleOwner) =>
      policies
        .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => roleOwner(Ref) === owner))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    const functions = HANDLER_NAMES.map((owner) => ({
      owner,
      description: HANDLERS[owner].description,
      grants: controller.functions[owner].grants,
      statements: statementsOf(owner),
    }))
    const machine = {
      owner: 'canary-machine' as const,
      description: 'The state machine that runs canaries: it keeps time and calls the two functions.',
      grants: controller.canary.grants,
      statements: statementsOf('canary-machine'),
    }
    return [...functions, machine]
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}
