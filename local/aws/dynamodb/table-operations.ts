// Time to live and point-in-time recovery, which dynalite does not have.
// Source: DynamoDB API reference, UpdateTimeToLive, DescribeTimeToLive, UpdateContinuousBackups, DescribeContinuousBackups.
import type { Clock } from '#ports/clock.ts'
import { invalid } from '../ssm/parameter-store.ts'
import type { Operation } from '../wire/operation.ts'
import { type Tables, tableArn, tableName } from './tables.ts'

type Input = {
  readonly TableName?: string
  readonly TimeToLiveSpecification?: { readonly Enabled?: boolean; readonly AttributeName?: string }
  readonly PointInTimeRecoverySpecification?: { readonly PointInTimeRecoveryEnabled?: boolean }
}

export function tableOperations(tables: Tables, clock: Clock): Readonly<Record<string, Operation>> {
  const operation = (name: string, run: (table: string, input: Input) => unknown): Operation<Input> => ({
    permissions: ({ TableName }, { region }) => [{ action: `dynamodb:${name}`, resource: tableArn(tableName(TableName), region) }],
    async run(input) {
      const table = tableName(input.TableName)
      await tables.keySchema(table)
      return run(table, input)
    },
  })
  const backups = (table: string) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: tables.recoverable.has(table)
        ? {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: 35,
            LatestRestorableDateTime: new Date((clock.nowSeconds() - 300) * 1000),
          }
        : { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  })
  return {
    UpdateTimeToLive: operation('UpdateTimeToLive', (table, { TimeToLiveSpecification: wanted = {} }) => {
      if (typeof wanted.Enabled !== 'boolean' || !wanted.AttributeName)
        throw invalid('TimeToLiveSpecification: Enabled and AttributeName are required')
      const current = tables.timeToLive.get(table)
      if (wanted.Enabled === (current !== undefined)) throw invalid(`TimeToLive is already ${wanted.Enabled ? 'enabled' : 'disabled'}`)
      if (wanted.Enabled) tables.timeToLive.set(table, wanted.AttributeName)
      else tables.timeToLive.delete(table)
      return { TimeToLiveSpecification: wanted }
    }),
    DescribeTimeToLive: operation('DescribeTimeToLive', (table) => {
      const attribute = tables.timeToLive.get(table)
      const enabled = { TimeToLiveStatus: 'ENABLED', AttributeName: attribute }
      return { TimeToLiveDescription: attribute === undefined ? { TimeToLiveStatus: 'DISABLED' } : enabled }
    }),
    UpdateContinuousBackups: operation('UpdateContinuousBackups', (table, { PointInTimeRecoverySpecification: wanted }) => {
      if (typeof wanted?.PointInTimeRecoveryEnabled !== 'boolean')
        throw invalid('PointInTimeRecoverySpecification: PointInTimeRecoveryEnabled is required')
      if (wanted.PointInTimeRecoveryEnabled) tables.recoverable.add(table)
      else tables.recoverable.delete(table)
      return backups(table)
    }),
    DescribeContinuousBackups: operation('DescribeContinuousBackups', backups),
  }
}
