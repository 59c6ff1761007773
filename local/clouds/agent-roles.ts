// The role each simulated cloud's agent signs with: it may publish metrics in the namespaces of its own that the configuration reads, and nothing else.
import { ACCOUNT_ID } from '#local/aws/account.ts'
import type { Iam } from '#local/aws/iam/iam.ts'
import type { Credentials } from '#local/world/client-settings.ts'
import type { Provider } from '#model/provider.ts'
import { isOfService, VERSION_NAMESPACE } from './minute-metrics.ts'

/** Registers the role and returns its key. PutMetricData has no resources; `cloudwatch:namespace` limits it (Service Authorization Reference, CloudWatch). */
export function registerAgentRole(iam: Pick<Iam, 'registerRole'>, stage: string, provider: Provider): Credentials {
  const ofVersions = provider.endpoints.some(({ of }) => of !== undefined) ? [VERSION_NAMESPACE] : []
  const own = Object.values(provider.signals).filter((source) => source !== null && !isOfService(source))
  const namespaces = [...new Set([...own.flatMap((source) => source?.namespace ?? []), ...ofVersions])]
  const roleName = `sluice-${stage}-agent-${provider.name}`
  const accessKeyId = `AKIAAGENT${provider.name.toUpperCase().replaceAll('-', '')}`
  const statement = {
    Effect: 'Allow' as const,
    Action: 'cloudwatch:PutMetricData',
    Resource: '*',
    Condition: { StringEquals: { 'cloudwatch:namespace': namespaces } },
  }
  iam.registerRole({
    roleName,
    arn: `arn:aws:iam::${ACCOUNT_ID}:role/${roleName}`,
    accessKeyId,
    policies: namespaces.length === 0 ? [] : [{ name: 'publish', document: { Version: '2012-10-17', Statement: [statement] } }],
  })
  return { accessKeyId, secretAccessKey: 'local' }
}
