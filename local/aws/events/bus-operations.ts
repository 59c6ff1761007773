// CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus.
// Source: EventBridge API reference of each.
import type { Clock } from '#ports/clock.ts'
import { ACCOUNT_ID } from '../account.ts'
import type { Call, Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import { type Bus, type Buses, busNameOf, DEFAULT_BUS } from './rules.ts'

type Input = { readonly Name?: string; readonly NamePrefix?: string; readonly Description?: string }

const busArn = (name: string, { region }: Call) => `arn:aws:events:${region}:${ACCOUNT_ID}:event-bus/${name}`

export function busOperations(buses: Buses, clock: Clock): Record<string, Operation<Input>> {
  const on = (action: string, run: Operation<Input>['run']): Operation<Input> => ({
    permissions: ({ Name }, call) => [{ action: `events:${action}`, resource: busArn(busNameOf(Name), call) }],
    run,
  })
  return {
    CreateEventBus: on('CreateEventBus', ({ Name = '', Description }, call) => {
      // "Custom event bus names can't contain the / character, but you can use the / character in partner event bus names. You can't use the name default."
      if (!/^[.\-_A-Za-z0-9]{1,256}$/.test(Name) || Name === DEFAULT_BUS)
        throw new ServiceFault('ValidationException', `Name: 1 to 256 of [.-_A-Za-z0-9], not 'default', seen '${Name}'`)
      if (buses.has(Name)) throw new ServiceFault('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`)
      buses.set(Name, { name: Name, description: Description, createdSeconds: clock.nowSeconds(), rules: new Map() })
      return { EventBusArn: busArn(Name, call), ...(Description === undefined ? {} : { Description }) }
    }),
    DescribeEventBus: on('DescribeEventBus', ({ Name }, call) => {
      const bus = buses.get(busNameOf(Name))
      if (bus === undefined) throw new ServiceFault('ResourceNotFoundException', `Event bus ${Name} does not exist.`)
      return describe(bus, call)
    }),
    ListEventBuses: {
      permissions: () => [{ action: 'events:ListEventBuses', resource: '*' }],
      run: ({ NamePrefix = '' }, call) => ({
        EventBuses: [...buses.values()].filter(({ name }) => name.startsWith(NamePrefix)).map((bus) => describe(bus, call)),
      }),
    },
    DeleteEventBus: on('DeleteEventBus', ({ Name }) => {
      const name = busNameOf(Name)
      if (name === DEFAULT_BUS) throw new ServiceFault('ValidationException', 'Cannot delete event bus default.')
      // "All rules associated with this event bus need to be deleted." A bus that does not exist is no error.
      if ((buses.get(name)?.rules.size ?? 0) > 0)
        throw new ServiceFault('ValidationException', `Event bus ${name} can't be deleted since it has rules.`)
      buses.delete(name)
    }),
  }
}

function describe({ name, description, createdSeconds }: Bus, call: Call): Record<string, unknown> {
  return { Name: name, Arn: busArn(name, call), Description: description, CreationTime: new Date(createdSeconds * 1000) }
}
