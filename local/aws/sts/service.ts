// STS on the wire: GetCallerIdentity and AssumeRole.
// Source: STS API reference of each.
import type { Clock } from '#ports/clock.ts'
import { ACCOUNT_ID } from '../account.ts'
import type { Iam } from '../iam/iam.ts'
import { identifier } from '../identifier.ts'
import type { WireService } from '../wire/message.ts'
import type { Gate, Operation } from '../wire/operation.ts'
import { queryService } from '../wire/query-protocol.ts'
import { ServiceFault } from '../wire/service-fault.ts'

type AssumeInput = { readonly RoleArn?: string; readonly RoleSessionName?: string; readonly DurationSeconds?: string }

export function stsService(iam: Iam, clock: Clock, gate: Gate): WireService {
  let sessions = 0
  const operations: Readonly<Record<string, Operation>> = {
    GetCallerIdentity: {
      // "No permissions are required to perform this operation."
      permissions: () => [],
      run(_, { accessKeyId }) {
        const caller = iam.caller(accessKeyId)
        return {
          Arn: caller.arn,
          UserId: caller.kind === 'root' ? ACCOUNT_ID : `${identifier('AROA', caller.roleName)}:${caller.roleName}`,
          Account: ACCOUNT_ID,
        }
      },
    },
    AssumeRole: {
      permissions: ({ RoleArn = '' }: AssumeInput) => [{ action: 'sts:AssumeRole', resource: RoleArn }],
      run({ RoleArn = '', RoleSessionName = '', DurationSeconds = '3600' }: AssumeInput, { accessKeyId }) {
        const role = iam.role(RoleArn)
        // What AWS says both of a role that does not exist and of one that does not trust the caller.
        if (role === undefined || role.arn !== RoleArn) {
          throw new ServiceFault(
            'AccessDenied',
            `User: ${iam.caller(accessKeyId).arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
            403,
          )
        }
        if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName))
          throw new ServiceFault('ValidationError', `RoleSessionName: 2 to 64 of [\\w+=,.@-], seen '${RoleSessionName}'`)
        const seed = `${RoleArn} ${RoleSessionName} ${++sessions}`
        const key = identifier('ASIA', seed, 20)
        const session = iam.openSession(role.roleName, RoleSessionName, key)
        return {
          Credentials: {
            AccessKeyId: key,
            SecretAccessKey: identifier('', `secret ${seed}`, 40),
            SessionToken: identifier('', `token ${seed}`, 48),
            Expiration: new Date((clock.nowSeconds() + Number(DurationSeconds)) * 1000),
          },
          AssumedRoleUser: { AssumedRoleId: `${identifier('AROA', role.roleName)}:${RoleSessionName}`, Arn: session.arn },
        }
      },
    },
  }
  return queryService({ scope: 'sts', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', gate, operations })
}
