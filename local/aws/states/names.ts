// Names and ARNs of state machines and executions.
// Source: Step Functions API reference, CreateStateMachine and StartExecution ("A name must not contain"); service quotas for the length.
import { ACCOUNT_ID } from '../account.ts'
import { ServiceFault } from '../wire/service-fault.ts'

const LONGEST_NAME = 80
/** White space, brackets, wildcards, the special characters of the list, control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the rule forbids exactly these.
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/

/** @throws ServiceFault InvalidName */
export function checkedName(name: unknown): string {
  if (typeof name === 'string' && name.length >= 1 && name.length <= LONGEST_NAME && !FORBIDDEN.test(name)) return name
  throw new ServiceFault(
    'InvalidName',
    `Invalid Name: '${name}'; 1 to ${LONGEST_NAME} characters, without white space and without <>{}[]?*"#%\\^|~\`$&,;:/`,
  )
}

export function machineArn(region: string, name: string): string {
  return `arn:aws:states:${region}:${ACCOUNT_ID}:stateMachine:${name}`
}

export function executionArn(machine: { readonly region: string; readonly name: string }, name: string): string {
  return `arn:aws:states:${machine.region}:${ACCOUNT_ID}:execution:${machine.name}:${name}`
}

/** @param kind versions and aliases of machines, map runs and express executions are not known here. @throws ServiceFault InvalidArn */
export function checkedArn(arn: unknown, kind: 'stateMachine' | 'execution'): string {
  const parts = typeof arn === 'string' ? arn.split(':') : []
  const length = kind === 'stateMachine' ? 7 : 8
  const [prefix, partition, service, , account, seen] = parts
  const isRight = prefix === 'arn' && partition === 'aws' && service === 'states' && account !== '' && seen === kind
  if (typeof arn === 'string' && isRight && parts.length === length && !parts.includes('', 3)) return arn
  throw new ServiceFault('InvalidArn', `Invalid Arn: '${arn}'; expected arn:aws:states:<region>:<account>:${kind}:…`)
}
