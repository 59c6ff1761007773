// The product on this computer: an empty in-process AWS, the synthesised stacks deployed onto it, its functions ready to run.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACCOUNT_ID } from '#local/aws/account.ts'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import type { LocalClock } from '#local/clock/local-clock.ts'
import { createFunctionHost, type WorkerFunctionHost } from '#local/lambda/function-host.ts'
import type { InvocationReport, LogLine } from '#local/lambda/sinks.ts'
import type { Configuration } from '#model/configuration.ts'
import { createAccountRegistry } from './account-registry.ts'
import { readCloudAssembly } from './cloud-assembly.ts'
import { deliverToFunctions } from './deliver-to-functions.ts'
import { type DeploymentRecord, deployTemplate, type ResourceAction } from './deploy-template.ts'
import { createFunctionSinks } from './function-sinks.ts'
import { createRootClients, type RootClients } from './root-clients.ts'
import { switchOff } from './switch-off.ts'
import { synthesise } from './synthesise.ts'
import { expectedZones } from './zones.ts'

export interface StackOptions {
  readonly clock: LocalClock
  readonly configuration: Configuration
  /** TCP port of the endpoint. @default a free one */
  readonly port?: number | undefined
  /** An assembly that exists already; the configuration is then not synthesised. */
  readonly assembly?: string | undefined
  /** Functions that are switched off, by the last part of their names: `rebalance`. */
  readonly without?: readonly string[] | undefined
  readonly onLog?: ((line: LogLine) => void) | undefined
  readonly onReport?: ((report: InvocationReport) => void) | undefined
}

export interface RunningStack {
  readonly aws: InProcessAws
  readonly functions: WorkerFunctionHost
  /** The account owner's clients. */
  readonly clients: RootClients
  /** By name of the stack. */
  readonly records: ReadonlyMap<string, DeploymentRecord>
  /** Real milliseconds from the call until it was ready, by step. */
  readonly timings: Readonly<Record<'synth' | 'deploy' | 'warm', number>>
  /** Deploys again, in place: what did not change stays as it is. @returns what was done, by `stack/LogicalId` */
  redeploy(what: { readonly configuration: Configuration } | { readonly assembly: string }): Promise<ReadonlyMap<string, ResourceAction>>
  stop(): Promise<void>
}

/** The clock is held until the stack is ready, so that nothing is late when it begins. @throws DeploymentError, BundleError, EADDRINUSE */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { clock, configuration, port = 0, without = [], onLog = () => {}, onReport = () => {} } = options
  const startedAt = performance.now()
  const release = clock.hold()
  const scratch = await mkdtemp(join(tmpdir(), 'sluice-assembly-'))
  const region = configuration.homeRegion
  const closers: (() => unknown)[] = [() => rm(scratch, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    release()
    for (const close of closers.splice(0).toReversed()) await close()
  }

  try {
    let assemblies = 0
    const assemble = async (wanted: Configuration): Promise<string> => {
      const outdir = join(scratch, String(++assemblies))
      await synthesise({ configuration: wanted, outdir })
      return outdir
    }
    const synthesised = options.assembly === undefined ? assemble(configuration) : Promise.resolve(options.assembly)
    // Awaited below; a failure of what comes before must not leave it unhandled.
    synthesised.catch(() => {})
    const aws = await createInProcessAws({ clock, port })
    closers.push(() => aws.close())
    for (const zone of expectedZones(configuration)) aws.route53.createZone(zone)
    const registry = createAccountRegistry(aws.iam)
    const sinks = createFunctionSinks({ aws, registry, region, accountId: ACCOUNT_ID, onLog, onReport })
    const functions = createFunctionHost({ clock, sinks, endpoint: { endpointUrl: aws.url, region } })
    closers.push(() => functions.stop())
    aws.lambda.setHost(functions)
    aws.events.setDeliver(deliverToFunctions(functions, registry))
    const clients = createRootClients(aws.url, region)
    closers.push(() => clients.close())

    const records = new Map<string, DeploymentRecord>()
    const deploy = async (outdir: string): Promise<ReadonlyMap<string, ResourceAction>> => {
      const { stacks, assetFolder } = switchOff(readCloudAssembly(outdir), without)
      const done = new Map<string, ResourceAction>()
      for (const { stackName, template, region: stackRegion } of stacks) {
        const context = {
          ...{ stackName, region: stackRegion, accountId: ACCOUNT_ID, clients, registry, assetFolder },
          ...{ host: functions, functions: aws.lambda },
        }
        const imports = Object.assign({}, ...[...records.values()].map(({ exports }) => exports))
        const { record, actions } = await deployTemplate({ template, context, previous: records.get(stackName), imports })
        records.set(stackName, record)
        for (const [logicalId, action] of actions) done.set(`${stackName}/${logicalId}`, action)
      }
      return done
    }

    const outdir = await synthesised
    const synthesisedAt = performance.now()
    await deploy(outdir)
    const deployedAt = performance.now()
    await functions.warm()
    const timings = { synth: synthesisedAt - startedAt, deploy: deployedAt - synthesisedAt, warm: performance.now() - deployedAt }
    release()
    return {
      aws,
      functions,
      clients,
      records,
      timings,
      redeploy: async (what) => deploy('assembly' in what ? what.assembly : await assemble(what.configuration)),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
