// What is known of tables beside their items: the partition key, time to live, point-in-time recovery.
import { ACCOUNT_ID } from '../account.ts'
import type { Engine } from './engine.ts'

export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[]

export type Tables = {
  /** Throws ResourceNotFoundException. */
  keySchema(table: string): Promise<KeySchema>
  forget(table: string): void
  /** Table name → attribute that holds the expiry in epoch seconds. */
  readonly timeToLive: Map<string, string>
  readonly recoverable: Set<string>
}

export function createTables(engine: Engine): Tables {
  const schemas = new Map<string, KeySchema>()
  const tables: Tables = {
    timeToLive: new Map(),
    recoverable: new Set(),
    async keySchema(name) {
      const known = schemas.get(name)
      if (known !== undefined) return known
      const { Table } = (await engine.call('DescribeTable', { TableName: name })) as { Table: { KeySchema: KeySchema } }
      schemas.set(name, Table.KeySchema)
      return Table.KeySchema
    },
    forget(name) {
      schemas.delete(name)
      tables.timeToLive.delete(name)
      tables.recoverable.delete(name)
    },
  }
  return tables
}

/** "You can also provide the Amazon Resource Name (ARN) of the table in this parameter" (API reference, TableName). */
export function tableName(nameOrArn: unknown): string {
  return String(nameOrArn ?? '').replace(/^arn:aws:dynamodb:[^:]*:[^:]*:table\//, '')
}

export function tableArn(name: string, region: string): string {
  return `arn:aws:dynamodb:${region}:${ACCOUNT_ID}:table/${name}`
}
