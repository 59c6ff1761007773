// What resources are made with: the account's clients over the wire, and what exists in this process only.
import type { InProcessAws } from '#local/aws/in-process-aws.ts'
import type { WorkerFunctionHost } from '#local/lambda/function-host.ts'
import type { AccountRegistry } from './account-registry.ts'
import type { RootClients } from './root-clients.ts'

export interface DeploymentContext {
  readonly stackName: string
  readonly region: string
  readonly accountId: string
  readonly clients: RootClients
  readonly registry: AccountRegistry
  readonly host: WorkerFunctionHost
  readonly functions: Pick<InProcessAws['lambda'], 'register'>
  /** The folder behind `Code.S3Key`. @throws Error when the assembly has no such asset */
  assetFolder(objectKey: string): string
}
