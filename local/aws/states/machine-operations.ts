// CreateStateMachine, UpdateStateMachine, DeleteStateMachine, DescribeStateMachine, ListStateMachines.
// Source: Step Functions API reference of each; Service Authorization Reference for the permissions.
import type { Clock } from '#ports/clock.ts'
import { ACCOUNT_ID } from '../account.ts'
import type { Operation, Permission } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { LoggingConfiguration, MachineSettings } from './machine.ts'
import type { Machines } from './machines.ts'
import { checkedArn, machineArn } from './names.ts'
import { type PageInput, page } from './page.ts'

type Input = PageInput & {
  readonly name?: string
  readonly stateMachineArn?: string
  readonly definition?: string
  readonly roleArn?: string
  readonly type?: string
  readonly loggingConfiguration?: LoggingConfiguration
  readonly tracingConfiguration?: { readonly enabled?: boolean }
}

export function machineOperations(machines: Machines, clock: Clock): Record<string, Operation<Input>> {
  const onMachine = (action: string) => (input: Input) => [{ action: `states:${action}`, resource: arnOf(input) }]
  return {
    CreateStateMachine: {
      permissions: ({ name = '', roleArn = '' }, call) => [
        { action: 'states:CreateStateMachine', resource: machineArn(call.region, name) },
        passRole(roleArn),
      ],
      async run(input, { region }) {
        if (input.type === 'EXPRESS')
          throw new ServiceFault('NotImplemented', 'The in-process Step Functions has Standard workflows only', 501)
        const settings: MachineSettings = {
          definition: input.definition ?? '',
          roleArn: checkedRole(input.roleArn),
          loggingConfiguration: input.loggingConfiguration ?? {},
          tracingConfiguration: input.tracingConfiguration ?? {},
        }
        const machine = await machines.create(region, input.name, settings)
        return { stateMachineArn: machine.arn, creationDate: new Date(machine.createdSeconds * 1000) }
      },
    },
    UpdateStateMachine: {
      permissions: (input) => [
        ...onMachine('UpdateStateMachine')(input),
        ...(input.roleArn === undefined ? [] : [passRole(input.roleArn)]),
      ],
      async run(input) {
        const machine = machines.get(arnOf(input))
        if (machine.status === 'DELETING')
          throw new ServiceFault('StateMachineDeleting', `State Machine is being deleted: '${machine.arn}'`)
        const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input
        const given = { definition, roleArn: roleArn && checkedRole(roleArn), loggingConfiguration, tracingConfiguration }
        const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
        // "You must include at least one of definition or roleArn or you will receive a MissingRequiredParameter error", and the configurations count too.
        if (Object.keys(present).length === 0)
          throw new ServiceFault(
            'MissingRequiredParameter',
            'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
          )
        await machines.update(machine, { ...machine.settings, ...present })
        return { updateDate: new Date(clock.nowSeconds() * 1000) }
      },
    },
    DeleteStateMachine: { permissions: onMachine('DeleteStateMachine'), run: (input) => machines.delete(arnOf(input)) },
    DescribeStateMachine: {
      permissions: onMachine('DescribeStateMachine'),
      run(input) {
        const { arn, name, status, createdSeconds, settings } = machines.get(arnOf(input))
        const { loggingConfiguration, ...rest } = settings
        return {
          ...{ stateMachineArn: arn, name, status, type: 'STANDARD', creationDate: new Date(createdSeconds * 1000), ...rest },
          loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...loggingConfiguration },
        }
      },
    },
    ListStateMachines: {
      permissions: (_, { region }) => [
        { action: 'states:ListStateMachines', resource: `arn:aws:states:${region}:${ACCOUNT_ID}:stateMachine:*` },
      ],
      run(input, { region }) {
        const { items, rest } = page(machines.list(region), input)
        const shown = items.map(({ arn, name, createdSeconds }) => ({
          ...{ stateMachineArn: arn, name, type: 'STANDARD' },
          creationDate: new Date(createdSeconds * 1000),
        }))
        return { stateMachines: shown, ...rest }
      },
    },
  }
}

const arnOf = ({ stateMachineArn }: Input): string => checkedArn(stateMachineArn, 'stateMachine')

/** The role is handed to the service (IAM user guide, "Granting a user permissions to pass a role to an AWS service"). */
const passRole = (roleArn: string): Permission => ({ action: 'iam:PassRole', resource: roleArn })

function checkedRole(roleArn: unknown): string {
  if (typeof roleArn === 'string' && /^arn:aws:iam::\d{12}:role\/.+$/.test(roleArn)) return roleArn
  throw new ServiceFault('InvalidArn', `Invalid Role Arn: '${roleArn}'`)
}
