// Reads what a synthesis left: the stacks in the order they need each other, and the folder behind each asset.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { HOME_REGION } from '#local/aws/account.ts'
import { readTemplate, type Template } from './template.ts'

/** Source: @aws-cdk/cloud-assembly-schema, manifest.json and *.assets.json. */
const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      dependencies: z.array(z.string()).default([]),
      properties: z
        .object({ templateFile: z.string().optional(), file: z.string().optional(), stackName: z.string().optional() })
        .optional(),
    }),
  ),
})
const AssetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({ source: z.object({ path: z.string() }), destinations: z.record(z.string(), z.object({ objectKey: z.string() })) }),
  ),
})

export interface AssembledStack {
  readonly stackName: string
  readonly region: string
  readonly template: Template
}

export interface CloudAssembly {
  /** Each after the stacks it depends on. */
  readonly stacks: readonly AssembledStack[]
  /** The folder or file that a deployment would upload under this key. @throws Error naming the key */
  assetFolder(objectKey: string): string
}

/** @param outdir the folder given to `app.synth()`. @throws Error when it is no assembly */
export function readCloudAssembly(outdir: string): CloudAssembly {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(outdir, file), 'utf8'))
  const { artifacts } = Manifest.parse(read('manifest.json'))
  const assets = new Map<string, string>()
  const stacks: AssembledStack[] = []
  const done = new Set<string>()

  function visit(id: string): void {
    const artifact = artifacts[id]
    if (artifact === undefined || done.has(id)) return
    done.add(id)
    for (const dependency of artifact.dependencies) visit(dependency)
    const { file, templateFile, stackName = id } = artifact.properties ?? {}
    if (artifact.type === 'cdk:asset-manifest' && file !== undefined) {
      for (const { source, destinations } of Object.values(AssetManifest.parse(read(file)).files)) {
        for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, resolve(outdir, source.path))
      }
    }
    if (artifact.type === 'aws:cloudformation:stack' && templateFile !== undefined) {
      const region = artifact.environment?.split('/').at(-1) ?? ''
      stacks.push({
        stackName,
        region: region.startsWith('unknown') ? HOME_REGION : region,
        template: readTemplate(stackName, read(templateFile)),
      })
    }
  }
  for (const id of Object.keys(artifacts)) visit(id)

  return {
    stacks,
    assetFolder(objectKey) {
      const folder = assets.get(objectKey)
      if (folder !== undefined) return folder
      throw new Error(`the assembly in ${outdir} has no asset ${objectKey}`)
    },
  }
}
