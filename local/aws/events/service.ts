// EventBridge on the wire: event buses, rules on them, their targets, PutEvents.
// Source: EventBridge API reference of each.
import type { Clock } from '#ports/clock.ts'
import { ACCOUNT_ID } from '../account.ts'
import { jsonService } from '../wire/json-protocol.ts'
import type { WireService } from '../wire/message.ts'
import type { Call, Gate, Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { EventBus } from './bus.ts'
import { busOperations } from './bus-operations.ts'
import { readPattern } from './pattern.ts'
import { putEvents } from './put-events.ts'
import { type Bus, busNameOf, DEFAULT_BUS, type Rule } from './rules.ts'
import { rateSeconds } from './schedule-expression.ts'
import { describeTarget, readTarget, type WireTarget } from './target-input.ts'

type Input = {
  readonly Name?: string
  readonly Rule?: string
  readonly NamePrefix?: string
  readonly EventBusName?: string
  readonly EventPattern?: string
  readonly ScheduleExpression?: string
  readonly State?: string
  readonly Description?: string
  readonly RoleArn?: string
  readonly Targets?: readonly WireTarget[]
  readonly Ids?: readonly string[]
}

/** "Each rule can have up to five (5) targets associated with it at one time." */
const TARGET_LIMIT = 5

export function eventsService(bus: EventBus, clock: Clock, gate: Gate): WireService {
  const on = (action: string, run: (input: Input, call: Call, on: Bus) => unknown): Operation<Input> => ({
    permissions: (input, call) => [{ action: `events:${action}`, resource: ruleArn(input.Name ?? input.Rule ?? '*', input, call) }],
    run(input, call) {
      const found = bus.buses.get(busNameOf(input.EventBusName))
      if (found === undefined) throw notFound(`Event bus ${input.EventBusName} does not exist.`)
      return run(input, call, found)
    },
  })
  const operations: Readonly<Record<string, Operation>> = {
    PutRule: on('PutRule', (input, call, { name, rules }) => {
      const rule = readRule(input, name, rules.get(input.Name ?? ''), ruleArn(input.Name ?? '', input, call))
      rules.set(rule.name, rule)
      bus.schedule(rule, call.region)
      return { RuleArn: rule.arn }
    }),
    DescribeRule: on('DescribeRule', ({ Name }, _call, found) => describeRule(get(found, Name))),
    ListRules: on('ListRules', ({ NamePrefix = '' }, _call, { rules }) => ({
      Rules: [...rules.values()].filter(({ name }) => name.startsWith(NamePrefix)).map(describeRule),
    })),
    DeleteRule: on('DeleteRule', ({ Name = '' }, _call, { rules }) => {
      const rule = rules.get(Name)
      // "Before you can delete the rule, you must remove all targets." A rule that does not exist is no error.
      if (rule !== undefined && rule.targets.size > 0)
        throw new ServiceFault('ValidationException', "Rule can't be deleted since it has targets.")
      rule?.stopSchedule()
      rules.delete(Name)
    }),
    PutTargets: on('PutTargets', ({ Rule: name, Targets = [] }, _call, found) => {
      const { targets } = get(found, name)
      const added = Targets.map(readTarget)
      if (new Set([...targets.keys(), ...added.map(({ id }) => id)]).size > TARGET_LIMIT) {
        throw new ServiceFault(
          'LimitExceededException',
          `The requested resource exceeds the maximum number allowed: ${TARGET_LIMIT} targets.`,
        )
      }
      for (const target of added) targets.set(target.id, target)
      return { FailedEntryCount: 0, FailedEntries: [] }
    }),
    RemoveTargets: on('RemoveTargets', ({ Rule: name, Ids = [] }, _call, found) => {
      const { targets } = get(found, name)
      for (const id of Ids) targets.delete(id)
      return { FailedEntryCount: 0, FailedEntries: [] }
    }),
    ListTargetsByRule: on('ListTargetsByRule', ({ Rule: name }, _call, found) => ({
      Targets: [...get(found, name).targets.values()].map(describeTarget),
    })),
    PutEvents: putEvents(bus),
    ...busOperations(bus.buses, clock),
  }
  return jsonService({ scope: 'events', targetPrefix: 'AWSEvents', version: '1.1', gate, operations })
}

/** A rule on a bus of one's own has the bus in its ARN (Service Authorization Reference, Amazon EventBridge). */
function ruleArn(name: string, { EventBusName }: Input, { region }: Call): string {
  const busName = busNameOf(EventBusName)
  return `arn:aws:events:${region}:${ACCOUNT_ID}:rule/${busName === DEFAULT_BUS ? '' : `${busName}/`}${name}`
}

function get({ name: busName, rules }: Bus, name = ''): Rule {
  const rule = rules.get(name)
  if (rule === undefined) throw notFound(`Rule ${name} does not exist on EventBus ${busName}.`)
  return rule
}

/** "If you are updating an existing rule, the rule is replaced with what you specify"; its targets stay. */
function readRule(input: Input, busName: string, existing: Rule | undefined, arn: string): Rule {
  const { Name: name = '', EventPattern: pattern, ScheduleExpression: schedule, State: state = 'ENABLED' } = input
  if (!/^[.\-\w]{1,64}$/.test(name)) throw new ServiceFault('ValidationException', `Name: 1 to 64 of [.-_A-Za-z0-9], seen '${name}'`)
  if (pattern === undefined && schedule === undefined) {
    throw new ServiceFault('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.')
  }
  if (!['ENABLED', 'DISABLED'].includes(state)) throw new ServiceFault('ValidationException', `State: ENABLED or DISABLED, seen '${state}'`)
  if (schedule !== undefined && busName !== DEFAULT_BUS)
    throw new ServiceFault('ValidationException', 'ScheduleExpression is supported only on the default event bus.')
  existing?.stopSchedule()
  return {
    name,
    busName,
    arn,
    description: input.Description,
    pattern: pattern === undefined ? undefined : { text: pattern, parsed: readPattern(pattern) },
    schedule: schedule === undefined ? undefined : { text: schedule, everySeconds: rateSeconds(schedule) },
    roleArn: input.RoleArn,
    isEnabled: state === 'ENABLED',
    targets: existing?.targets ?? new Map(),
    stopSchedule: () => {},
  }
}

function describeRule(rule: Rule): Record<string, unknown> {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern?.text,
    ScheduleExpression: rule.schedule?.text,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.busName,
  }
}

function notFound(message: string): ServiceFault {
  return new ServiceFault('ResourceNotFoundException', message)
}
