// What a definition may contain to run here as it would at AWS. The engine would ignore some of the rest in silence, so it is refused instead.
import { ServiceFault } from '../wire/service-fault.ts'

/** "Maximum length of 1048576" (API reference, CreateStateMachine, definition). */
const LONGEST_DEFINITION = 1_048_576

export type StateText = { readonly Type: string; readonly Resource?: unknown; readonly TimeoutSeconds?: unknown } & Readonly<
  Record<string, unknown>
>
export type MachineText = { readonly States: Readonly<Record<string, StateText>>; readonly TimeoutSeconds?: unknown } & Readonly<
  Record<string, unknown>
>

/** @throws ServiceFault InvalidDefinition for what is no machine at all; the engine's validator looks at the rest */
export function readDefinition(text: unknown): MachineText {
  if (typeof text !== 'string' || text.length < 1 || text.length > LONGEST_DEFINITION)
    throw invalid(`definition: a JSON text of 1 to ${LONGEST_DEFINITION} characters`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`)
  }
  const states = (value as { readonly States?: unknown } | null)?.States
  if (typeof states !== 'object' || states === null) throw invalid('SCHEMA_VALIDATION_FAILED: States is missing')
  return value as MachineText
}

/** Each is a sentence with its place; an empty list: the machine runs here as at AWS. */
export function unsupportedParts(machine: MachineText): string[] {
  const found = Object.entries(machine.States).flatMap(([name, state]) => unsupportedInState(name, state))
  return machine.QueryLanguage === 'JSONata' ? ['QueryLanguage: JSONata is not evaluated here; use JSONPath', ...found] : found
}

const STATE_TYPES = ['Task', 'Pass', 'Wait', 'Choice', 'Succeed', 'Fail']
const LAMBDA_INVOKE = 'arn:aws:states:::lambda:invoke'

function unsupportedInState(name: string, state: StateText): string[] {
  const at = `state ${name}`
  const text = JSON.stringify(state)
  const problems: string[] = []
  if (!STATE_TYPES.includes(state.Type)) problems.push(`${at}: type ${state.Type} does not run here; known are ${STATE_TYPES.join(', ')}`)
  if (state.Type === 'Task' && state.Resource !== LAMBDA_INVOKE)
    problems.push(`${at}: resource ${state.Resource} does not run here; known is ${LAMBDA_INVOKE}, without task tokens`)
  if (state.QueryLanguage === 'JSONata') problems.push(`${at}: JSONata is not evaluated here; use JSONPath`)
  if ('Assign' in state) problems.push(`${at}: Assign does not work here`)
  for (const part of ['State', 'Task', 'Map']) {
    if (text.includes(`$$.${part}.`)) problems.push(`${at}: $$.${part}.… is not known here; known are $$.Execution.… and $$.StateMachine.…`)
  }
  // The engine takes this path for one that leads nowhere and drops the result.
  if (state.ResultPath === '$') problems.push(`${at}: ResultPath $ does not work here; it is the default, leave it out`)
  if ('HeartbeatSeconds' in state || 'HeartbeatSecondsPath' in state) problems.push(`${at}: heartbeats belong to task tokens`)
  // The engine's default is 60 s, that of Step Functions 99,999,999: a difference that only an explicit value removes.
  if (state.Type === 'Task' && typeof state.TimeoutSeconds !== 'number' && !('TimeoutSecondsPath' in state))
    problems.push(`${at}: without TimeoutSeconds it would wait 60 s here and for ever at AWS; set it`)
  return problems
}

export function invalid(message: string): ServiceFault {
  return new ServiceFault('InvalidDefinition', `Invalid State Machine Definition: '${message}'`)
}
