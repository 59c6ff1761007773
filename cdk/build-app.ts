// Configuration → CDK app. The one way to the template, for deployment, for the local system and for tests.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App } from 'aws-cdk-lib'
import { bundleHandlers } from '#cdk/bundling/bundle-handlers.ts'
import { scratchFolder } from '#cdk/bundling/scratch-folder.ts'
import { SluiceStack } from '#cdk/stacks/sluice-stack.ts'
import type { Configuration } from '#model/configuration.ts'

export type BuildAppOptions = {
  readonly configuration: Configuration
  /** Where the assembly goes. @default a new temporary directory, or what the CDK command line says */
  readonly outdir?: string
  /** False makes functions without code: for tests that look at the template only. @default true */
  readonly bundle?: boolean
  /** Checks the template against the schemas of CloudFormation at synthesis, which takes seconds. @default false */
  readonly validate?: boolean
}

/** `app.synth()` gives the assembly; the stack is `sluice-<stage>`. Throws `BundleError` when a handler does not exist. */
export function buildApp({ configuration, outdir, bundle = true, validate = false }: BuildAppOptions): App {
  const app = new App({
    ...(outdir === undefined ? {} : { outdir }),
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: validate,
  })
  // Inside the repository, so that the paths in source maps do not depend on where it lies.
  const scratch = bundle ? scratchFolder(join(repositoryRoot(), 'dist'), Date.now() / 1000) : undefined
  try {
    // The assets are copied into the assembly while the stack is made.
    new SluiceStack(app, { configuration, bundles: scratch === undefined ? undefined : bundleHandlers(repositoryRoot(), scratch) })
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true })
  }
  return app
}

export function repositoryRoot(): string {
  return fileURLToPath(new URL('..', import.meta.url))
}
