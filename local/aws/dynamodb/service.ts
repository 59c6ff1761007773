// DynamoDB on the wire: JSON 1.0 around dynalite.
import type { Clock } from '#ports/clock.ts'
import { jsonService } from '../wire/json-protocol.ts'
import type { WireService } from '../wire/message.ts'
import type { Gate } from '../wire/operation.ts'
import type { Engine } from './engine.ts'
import { itemOperations } from './item-operations.ts'
import { tableOperations } from './table-operations.ts'
import type { Tables } from './tables.ts'

export function dynamoDbService(engine: Engine, tables: Tables, clock: Clock, gate: Gate): WireService {
  return jsonService({
    scope: 'dynamodb',
    targetPrefix: 'DynamoDB_20120810',
    version: '1.0',
    gate,
    operations: { ...itemOperations(engine, tables), ...tableOperations(tables, clock) },
  })
}
