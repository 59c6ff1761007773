// The state machines of the account: made, changed, removed.
// Source: Step Functions API reference, CreateStateMachine, UpdateStateMachine, DeleteStateMachine.
import { isDeepStrictEqual } from 'node:util'
import type { AwsClock } from '../clock.ts'
import type { Iam } from '../iam/iam.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import { invalid, readDefinition, unsupportedParts } from './definition-rules.ts'
import type { Executions } from './executions.ts'
import type { Machine, MachineSettings } from './machine.ts'
import { checkedName, machineArn } from './names.ts'

export type Machines = {
  create(region: string, name: unknown, settings: MachineSettings): Promise<Machine>
  update(machine: Machine, settings: MachineSettings): Promise<void>
  delete(arn: string): void
  /** @throws ServiceFault StateMachineDoesNotExist */
  get(arn: string): Machine
  list(region: string): Machine[]
}

/** What the role needs before a machine with a log is made. Source: developer guide, "Using CloudWatch Logs to log execution history", IAM policies. */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]

export function createMachines(clock: AwsClock, iam: Iam, executions: Executions): Machines {
  const machines = new Map<string, Machine>()
  let revisions = 0

  async function define(settings: MachineSettings): Promise<string> {
    const definition = readDefinition(settings.definition)
    const unsupported = unsupportedParts(definition)
    if (unsupported.length > 0) {
      throw new ServiceFault('NotImplemented', `The in-process Step Functions does not run this machine. ${unsupported.join('. ')}`, 501)
    }
    mayWriteLog(settings)
    const key = `machine ${++revisions}`
    const problem = await executions.define(key, definition)
    if (problem !== undefined) throw invalid(`SCHEMA_VALIDATION_FAILED: ${problem}`)
    return key
  }

  function mayWriteLog({ loggingConfiguration, roleArn }: MachineSettings): void {
    if ((loggingConfiguration.level ?? 'OFF') === 'OFF') return
    const permissions = LOG_DELIVERY.map((action) => ({ action, resource: '*' }))
    try {
      iam.authoriseRole(roleArn, permissions, 'AccessDeniedException')
    } catch (error) {
      throw new ServiceFault(
        'AccessDeniedException',
        `The state machine IAM Role is not authorized to access the Log Destination: ${(error as Error).message}`,
      )
    }
  }

  return {
    async create(region, givenName, settings) {
      const name = checkedName(givenName)
      const arn = machineArn(region, name)
      const existing = machines.get(arn)
      if (existing !== undefined) {
        if (existing.status === 'DELETING') throw new ServiceFault('StateMachineDeleting', `State Machine is being deleted: '${arn}'`)
        // "CreateStateMachine is an idempotent API." Of what it compares, the role and the tags are no part.
        if (isDeepStrictEqual({ ...settings, roleArn: '' }, { ...existing.settings, roleArn: '' })) return existing
        throw new ServiceFault('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`)
      }
      const engineKey = await define(settings)
      const machine: Machine = { name, arn, region, createdSeconds: clock.nowSeconds(), settings, engineKey, status: 'ACTIVE' }
      machines.set(arn, machine)
      return machine
    },
    async update(machine, settings) {
      // "Running executions will continue to use the previous definition and roleArn."
      machine.engineKey = await define(settings)
      machine.settings = settings
    },
    delete(arn) {
      const machine = machines.get(arn)
      if (machine === undefined) return
      machine.status = 'DELETING'
      sweep()
    },
    get(arn) {
      sweep()
      const found = machines.get(arn)
      if (found === undefined) throw new ServiceFault('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`)
      return found
    },
    list(region) {
      sweep()
      return [...machines.values()].filter((machine) => machine.region === region)
    },
  }

  /** "The state machine is deleted after all executions are completed." */
  function sweep(): void {
    for (const { arn, status } of machines.values()) {
      if (status === 'DELETING' && !executions.of(arn).some((execution) => execution.status === 'RUNNING')) machines.delete(arn)
    }
  }
}
