// Step Functions on the wire: standard workflows whose tasks invoke Lambda functions.
import type { AwsClock } from '../clock.ts'
import type { EventBus } from '../events/bus.ts'
import type { Iam } from '../iam/iam.ts'
import type { Functions } from '../lambda/registry.ts'
import { jsonService } from '../wire/json-protocol.ts'
import type { WireService } from '../wire/message.ts'
import type { Gate } from '../wire/operation.ts'
import { executionOperations } from './execution-operations.ts'
import { createExecutions } from './executions.ts'
import { machineOperations } from './machine-operations.ts'
import { createMachines } from './machines.ts'

export type StatesParts = {
  readonly clock: AwsClock
  readonly iam: Iam
  readonly functions: Functions
  readonly bus: EventBus
  readonly gate: Gate
}

export type StatesService = WireService & { close(): Promise<void> }

export function statesService({ gate, ...parts }: StatesParts): StatesService {
  const executions = createExecutions(parts)
  const machines = createMachines(parts.clock, parts.iam, executions)
  const operations = { ...machineOperations(machines, parts.clock), ...executionOperations(machines, executions) }
  const service = jsonService({ scope: 'states', targetPrefix: 'AWSStepFunctions', version: '1.0', gate, operations })
  return { ...service, close: executions.close }
}
